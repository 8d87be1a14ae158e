import { formatProblem } from '@bookinfo/rules';
import { TableRefused } from '../data-plane/data-plane.js';

/** Returns how a pod has ended whose sidecar or process could not be started: for a refused rule, with its file and line. */
export function endAtStart(error: unknown): { reason: string; startError: Error } {
  const startError = error instanceof Error ? error : new Error(String(error));
  const problem = error instanceof TableRefused ? error.problem : undefined;
  return { reason: problem ? formatProblem(problem) : startError.message, startError };
}
