/**
 * The program that stands in for a container image on this machine: the path of a JavaScript file for Node.
 * Throws an Error that says what would be right when there is none.
 */
export type ProgramFor = (image: string) => string;
