import { CallFailed } from '../api/call.ts';

/** Returns what to show of an error, with the lines of the files that are to blame. */
export function messageOf(error: unknown): string {
  if (error instanceof CallFailed && error.problems.length > 0)
    return error.problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n');
  return error instanceof Error ? error.message : String(error);
}
