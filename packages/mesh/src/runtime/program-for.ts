/**
 * Returns the path of the JavaScript file that runs in place of a container image; undefined when something else runs the
 * containers, Secrets included.
 * @throws {Error} when there is none; the message says which images can run.
 */
export type ProgramFor = (image: string) => string | undefined;
