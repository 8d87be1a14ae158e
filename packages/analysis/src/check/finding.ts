import type { Origin } from '@bookinfo/text';
import type { FindingCode } from './finding-code.js';

/**
 * A statement about a rule file. An `error` makes requests fail, a `warning` is a likely mistake, and a `note` says what the
 * rules do as Istio intends it.
 */
export interface Finding {
  level: 'error' | 'warning' | 'note';
  /** The name of its page in docs/findings. */
  code: FindingCode;
  origin: Origin;
  message: string;
}

/** Formats a finding as editors and terminals recognise it: `reviews.yaml:12: warning: ... [weight-missing]`. */
export function formatFinding({ level, code, origin, message }: Finding): string {
  return `${origin.file}:${origin.line}: ${level}: ${message} [${code}]`;
}
