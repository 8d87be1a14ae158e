import { LEFT_OUT_CODES } from '@bookinfo/compiler';

/** The codes of all findings. Each has a page in docs/findings. */
export const FINDING_CODES = [
  ...LEFT_OUT_CODES,
  'delay-before-timeout',
  'destination-rule-conflict',
  'fault-hides-retries',
  'fault-without-percentage',
  'hash-within-subset',
  'no-backend',
  'no-certificate',
  'no-client',
  'no-default-rule',
  'no-pod',
  'old-kind',
  'prefix-of-root',
  'regex-without-wildcard',
  'route-hostnames',
  'route-without-parent',
  'sidecar-conflict',
  'undecided',
  'unknown-port',
  'unknown-subset',
  'unreachable',
  'unresolved-backend',
  'unsendable',
  'unused-delegate',
  'weight-ignored',
  'weight-missing',
  'weight-zero',
  'weights-total',
  'witness',
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];
