/** A position in a file; line and column count from 1. */
export interface Origin {
  /** The name of the file, as the user wrote it. */
  file: string;
  line: number;
  column: number;
}
