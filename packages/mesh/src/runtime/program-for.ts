/**
 * Returns the path of the JavaScript file that runs in place of a container image.
 * @throws {Error} when there is none; the message says which images can run.
 */
export type ProgramFor = (image: string) => string;
