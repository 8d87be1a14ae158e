import type { Origin } from '@bookinfo/text';

/**
 * The problems that are reported of one file, and the notices. A file of a hundred thousand is more than anybody reads, and takes
 * long to report.
 */
export const MAX_PROBLEMS = 100;

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

/** Returns the first problems in the order of lines, and for others a last one that says so. */
export function firstProblems<P extends Problem>(problems: readonly P[]): P[] {
  const inOrder = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const next = inOrder[MAX_PROBLEMS];
  if (!next) return inOrder;
  const message = `this and later ones are not shown; the file has more than ${MAX_PROBLEMS}`;
  return [...inOrder.slice(0, MAX_PROBLEMS), { ...next, message }];
}

/** Returns one line, in a form that editors link to the file: `reviews.yaml:12: spec.hosts is missing (...)`. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}: ${problem.message}`;
}

/** Returns one line with the level: `reviews.yaml:12: warning: on is read as true (...)`. */
export function formatNotice({ level, ...problem }: Notice): string {
  return formatProblem({ ...problem, message: `${level}: ${problem.message}` });
}
