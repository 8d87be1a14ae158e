import type { Origin } from '@bookinfo/text';

/**
 * A statement about a rule file: `warning` is a likely mistake, `undecided` a question that the check cannot answer, and
 * `witness` a request that reaches a rule.
 */
export interface Finding {
  level: 'warning' | 'undecided' | 'witness';
  origin: Origin;
  message: string;
}

/** Formats a finding as editors and terminals recognise it: `reviews.yaml:12: warning: ...`. */
export function formatFinding({ level, origin, message }: Finding): string {
  return `${origin.file}:${origin.line}: ${level}: ${message}`;
}
