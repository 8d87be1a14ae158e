import type { Origin } from '@bookinfo/text';

/** Something wrong in a file: where, what, and what would be right. */
export interface Problem extends Origin {
  message: string;
}

/** One line for people and their editors: `reviews.yaml:12: spec.hosts is missing (...)`. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}: ${problem.message}`;
}
