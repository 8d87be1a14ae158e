import type { RouteRequest } from '@bookinfo/routing';
import type { TraceContext } from '../headers/trace-context.js';
import type { Attempt } from './attempt.js';

/** The copy of a request for a mirror, once its response or its failure has come. */
export interface MirroredRequest {
  request: RouteRequest;
  attempt: Attempt;
  /** The copy's own span (Envoy: AsyncRequestImpl); absent where the proxy records none. */
  trace: TraceContext | undefined;
}

/** Called once for each copy that an endpoint was found for. */
export type OnMirrored = (copy: MirroredRequest) => void;
