import type { Source } from '@bookinfo/rules';

/** What the thread of a verification is started with. */
export interface VerificationSettings {
  adminPort: number;
  /** URL of a `WorkloadModule`. */
  workloads: string;
  sources: readonly Source[];
  /** The smallest drift of a share that must be detected, 0 to 1. Default: as `verify`. */
  shift?: number;
}

/** What the thread reports. */
export type VerificationMessage =
  | { kind: 'progress'; done: number; of: number; claim: string }
  /** The report as JSON, and as text. */
  | { kind: 'report'; json: string; text: string }
  | { kind: 'failure'; error: string };
