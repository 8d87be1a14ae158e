import type { RuleReference } from './types.ts';

/** What `explain` answers, as far as the page shows it. */
export interface Explanation {
  from: string;
  request: { method: string; authority: string; path: string; port: number };
  virtualHost?: string;
  hint?: string;
  rewrittenPath?: string;
  location?: string;
  rule?: RuleReference;
  passedOver: (RuleReference & { reason: string })[];
  leftOut: (RuleReference & { reason: string; code: string })[];
  fault?: {
    delay?: { percentage: number; fixedDelayMs: number };
    abort?: { percentage: number; httpStatus: number };
  };
  action: {
    kind: string;
    status?: number;
    timeoutMs?: number;
    destinations?: {
      cluster: string;
      share: number;
      state: string;
      reason?: string;
      endpoints: Record<string, string[]>;
    }[];
    retryPolicy?: { numRetries: number; retryOn: string[]; perTryTimeoutMs: number };
    mirrors?: { cluster: string; percentage: number }[];
  };
}
