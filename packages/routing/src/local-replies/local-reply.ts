import type { Header } from '../http/header-list.js';
import {
  HostNotFound,
  Overflow,
  PerTryTimeout,
  TlsFailure,
  type UpstreamReset,
} from '../retries/upstream-reset.js';
import { flagOfReset, type ResponseFlag } from './response-flag.js';
import { transportFailureReason } from './transport-failure.js';

/** Value of the header server on every response, as set by Istio. */
export const SERVER_NAME = 'istio-envoy';

/** A response of the proxy itself. */
export interface LocalReply {
  status: number;
  body: string;
  /** In addition to those of every reply. */
  headers?: readonly Header[];
  /** Status for gRPC clients; default: the one that the HTTP status maps to. */
  grpcStatus?: number;
  /** Envoy's response code details, for the access log. */
  details: string;
  flag?: ResponseFlag;
}

/**
 * Status, text, details and flag as Envoy has them (source/common/router/router.cc, source/extensions/filters/http/fault,
 * envoy/stream_info/stream_info.h).
 */
export const ROUTE_NOT_FOUND: LocalReply = { status: 404, body: '', details: 'route_not_found', flag: 'NR' };
/** Reply of Istio's virtual host block_all, for hosts outside the mesh (REGISTRY_ONLY). */
export const BLOCKED: LocalReply = { status: 502, body: '', details: 'direct_response' };
export const NO_HEALTHY_UPSTREAM: LocalReply = {
  status: 503,
  body: 'no healthy upstream',
  details: 'no_healthy_upstream',
  flag: 'UH',
};
export const UPSTREAM_REQUEST_TIMEOUT: LocalReply = {
  status: 504,
  body: 'upstream request timeout',
  details: 'response_timeout',
  flag: 'UT',
};
const UPSTREAM_PER_TRY_TIMEOUT: LocalReply = {
  ...UPSTREAM_REQUEST_TIMEOUT,
  details: 'upstream_per_try_timeout',
};
export const RETRY_BUFFER_EXCEEDED: LocalReply = {
  status: 507,
  body: 'exceeded request buffer limit while retrying upstream',
  details: 'request_payload_exceeded_retry_buffer_limit',
};

/** Reply to a malformed request target. */
export const BAD_TARGET: LocalReply = {
  status: 400,
  body: '',
  headers: [['connection', 'close']],
  details: 'http1.invalid_url',
  flag: 'DPE',
};
/** Returns the reply to the target `*`, which has no path and so no route; only OPTIONS may have it (RFC 9112, 3.2.4). */
export function asteriskFormReply(method: string | undefined): LocalReply {
  return method === 'OPTIONS' ? { status: 404, body: '', details: 'absolute_path_rejected' } : BAD_TARGET;
}

/** Reply to a request that the proxy sent to itself. Istio excludes the proxy's ports from passthrough to prevent such loops. */
export const LOOP_DETECTED: LocalReply = {
  status: 508,
  body: 'The request came back to the proxy that sent it',
  details: 'loop_detected',
};
export const CONNECT_NOT_IMPLEMENTED: LocalReply = {
  status: 501,
  body: 'CONNECT is not supported by this proxy',
  details: 'upgrade_failed',
};
/** Reply to an upgrade to anything but a WebSocket, the only upgrade that Istio's proxies are configured for. */
export const UPGRADE_FAILED: LocalReply = { status: 403, body: '', details: 'upgrade_failed' };

/** Returns the reply for a cluster that does not exist: 503, or 500 for routes of the Gateway API. */
export function clusterNotFound(status: 503 | 500): LocalReply {
  return { status, body: '', details: 'cluster_not_found', flag: 'NC' };
}

/** Returns the reply of a fault's abort. */
export function faultAbort({
  httpStatus,
  grpcStatus,
}: {
  httpStatus: number;
  grpcStatus?: number;
}): LocalReply {
  return {
    status: httpStatus,
    body: 'fault filter abort',
    ...(grpcStatus !== undefined && { grpcStatus }),
    details: 'fault_filter_abort',
    flag: 'FI',
  };
}

/** Returns the reply of a direct response. */
export function directResponse({
  status,
  body,
  location,
}: {
  status: number;
  body: string;
  location?: string;
}): LocalReply {
  const headers: Header[] = location === undefined ? [] : [['location', location]];
  return { status, body, headers, details: 'direct_response' };
}

/** Returns the reply of a redirect. */
export function redirect({ status, location }: { status: number; location: string }): LocalReply {
  return { status, body: '', headers: [['location', location]], details: 'direct_response' };
}

/** Returns the reply to a CORS preflight. */
export function corsPreflight(headers: readonly Header[]): LocalReply {
  return { status: 200, body: '', headers, details: 'cors_response' };
}

/** Returns the reply to a reset, with the text of Envoy 1.40: it has details only for TLS, and tells the first attempt from later ones. */
export function upstreamResetReply(reset: UpstreamReset, attempt: number): LocalReply {
  if (reset instanceof PerTryTimeout) return UPSTREAM_PER_TRY_TIMEOUT;
  if (reset instanceof HostNotFound) return NO_HEALTHY_UPSTREAM;
  const { reason } = reset;
  const transportFailure = transportFailureReason(reset);
  const reasons = [
    reason.replaceAll(' ', '_'),
    ...(transportFailure === undefined ? [] : [transportFailure]),
  ];
  const details = reset instanceof TlsFailure ? `, transport failure reason: ${transportFailure}` : '';
  const after = attempt > 1 ? 'retried and the latest reset reason' : 'reset reason';
  return {
    status: reason === 'protocol error' ? 502 : 503,
    body: `upstream connect error or disconnect/reset before headers. ${after}: ${reason}${details}`,
    ...(reset instanceof Overflow && { headers: [['x-envoy-overloaded', 'true'] as const] }),
    details: `upstream_reset_before_response_started{${reasons.join('|')}}`,
    flag: flagOfReset(reason),
  };
}

/** Returns the reply for an unexpected error of the proxy, so that the request does not hang. */
export function internalError(error: unknown): LocalReply {
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: `The proxy failed: ${message}`, details: 'internal_error' };
}
