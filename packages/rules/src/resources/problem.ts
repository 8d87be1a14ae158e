import type { Origin } from '@bookinfo/text';

/** An error in a file: its position and a message that names the right value. */
export interface Problem extends Origin {
  message: string;
}

/** Returns one line, in a form that editors link to the file: `reviews.yaml:12: spec.hosts is missing (...)`. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}: ${problem.message}`;
}
