import type { Origin } from '@bookinfo/text';

/** An error in a file: its position and a message that names the right value. */
export interface Problem extends Origin {
  message: string;
}

/**
 * A part of a file that means something else than it seems to, or that is passed over: a `warning` if an HTTP response may
 * differ from the one that the file describes, else a `note`.
 */
export interface Notice extends Problem {
  level: 'warning' | 'note';
}

/** Returns one line, in a form that editors link to the file: `reviews.yaml:12: spec.hosts is missing (...)`. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}: ${problem.message}`;
}

/** Returns one line with the level: `reviews.yaml:12: warning: on is read as true (...)`. */
export function formatNotice({ level, ...problem }: Notice): string {
  return formatProblem({ ...problem, message: `${level}: ${problem.message}` });
}
