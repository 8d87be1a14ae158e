import type { Origin } from '@bookinfo/text';

/**
 * Something that a rule file says and that its author hardly means; `undecided` is what can't be told, `witness` a
 * request that reaches a rule.
 */
export interface Finding {
  level: 'warning' | 'undecided' | 'witness';
  origin: Origin;
  message: string;
}

/** One line for people and their editors: `reviews.yaml:12: warning: ...`. */
export function formatFinding({ level, origin, message }: Finding): string {
  return `${origin.file}:${origin.line}: ${level}: ${message}`;
}
