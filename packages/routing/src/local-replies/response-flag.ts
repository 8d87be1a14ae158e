import type { ResetReason } from '../retries/upstream-reset.js';

/** Envoy's response flags (source/common/stream_info/utility.h). */
export type ResponseFlag =
  /** No route. */
  | 'NR'
  /** No such cluster. */
  | 'NC'
  /** No healthy upstream. */
  | 'UH'
  /** Upstream request timeout, of the route or of the last attempt. */
  | 'UT'
  /** Upstream connection failure. */
  | 'UF'
  /** Upstream connection termination. */
  | 'UC'
  /** Upstream protocol error. */
  | 'UPE'
  /** Local reset. */
  | 'LR'
  /** Upstream overflow: a circuit breaker of requests or retries. */
  | 'UO'
  /** Upstream retry limit exceeded. */
  | 'URX'
  /** Fault injected: an abort. */
  | 'FI'
  /** Delay injected. */
  | 'DI'
  /** Downstream connection termination by the client. */
  | 'DC'
  /** Downstream protocol error. */
  | 'DPE';

const FLAGS: Record<ResetReason, ResponseFlag> = {
  'remote connection failure': 'UF',
  'connection timeout': 'UF',
  'connection termination': 'UC',
  'protocol error': 'UPE',
  'local reset': 'LR',
  overflow: 'UO',
};

/** Returns the flag of a reset (Envoy: Filter::streamResetReasonToResponseFlag, router.cc). */
export function flagOfReset(reason: ResetReason): ResponseFlag {
  return FLAGS[reason];
}
