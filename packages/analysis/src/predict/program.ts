import type { PredictedResponse } from './predicted-response.js';
import type { CallLimits } from './call-limits.js';
import type { Distribution } from './distribution.js';

/** A workload, such as `reviews-v2` of the version `v2`. */
export interface ProgramIdentity {
  name: string;
  version: string;
}

/** Sends a GET through the program's sidecar, up to so many times. Without limits it waits for one response. */
export type CallBackend = (url: string, limits?: CallLimits) => Distribution<PredictedResponse>;

/** The part of a request that a program reads. */
export interface ProgramRequest {
  method: string;
  /** Without the query. */
  path: string;
}

/** A function from a request to the responses of a workload, which calls backends in its course. */
export type Program = (
  identity: ProgramIdentity,
  call: CallBackend,
  request: ProgramRequest,
) => Distribution<PredictedResponse>;

/** Returns a program's own response, after those of the backends that it has waited for one after the other. */
export function respond(
  { name }: ProgramIdentity,
  status: number,
  backends: readonly PredictedResponse[] = [],
): PredictedResponse {
  return {
    status,
    path: [name, ...backends.flatMap(({ path }) => path)],
    delayMs: backends.reduce((sum, { delayMs }) => sum + delayMs, 0),
    attempts: 1,
    nestedAttempts: Math.max(
      1,
      ...backends.flatMap(({ attempts, nestedAttempts }) => [attempts, nestedAttempts]),
    ),
  };
}
