/** Where something was written; line and column count from 1. */
export interface Origin {
  /** The file's name as the user gave it. */
  file: string;
  line: number;
  column: number;
}
