import { type Cluster, type Endpoint, StaleConnection } from '@bookinfo/routing';
import type { BodySource } from '../http1/body-source.js';
import type { ConnectionPool } from './connection-pool.js';
import { requestHead } from '../http1/request-head.js';
import type { UpstreamAnswer } from './upstream-response.js';
import type { OutgoingRequest } from './upstream-connection.js';

/** One try: a request to one endpoint. */
export interface UpstreamRequest {
  /** For whose limits and connections it counts. */
  cluster: Cluster;
  endpoint: Endpoint;
  method: string;
  path: string;
  /** Flat list of names and values, framing included. */
  headers: readonly string[];
  /** Absent when the request has none. */
  body?: BodySource;
  /** Whether the headers announce the body in chunks. Default false. */
  isChunked?: boolean;
  /** Whether the headers ask for another protocol. Default false: a 101 is a protocol error. */
  isUpgrade?: boolean;
  /** Told when its sending begins, and from which address; perhaps more than once. */
  onReady?: (localAddress: string) => void;
}

/** RFC 9110, 9.2.2. */
const IDEMPOTENT = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'];

/**
 * Sends the request and resolves as soon as the answer's headers are there. The signal ends the request, at any time
 * until the answer's end. Throws an UpstreamReset when no answer begins, an Overflow without a try where the cluster's limits
 * leave no room, the signal's reason when that is why.
 */
export async function sendUpstream(
  request: UpstreamRequest,
  pool: ConnectionPool,
  signal: AbortSignal,
): Promise<UpstreamAnswer> {
  signal.throwIfAborted();
  const outgoing: OutgoingRequest = {
    method: request.method,
    head: requestHead(request.method, request.path, request.headers),
    body: request.body,
    isChunked: request.isChunked ?? false,
    isUpgrade: request.isUpgrade ?? false,
  };
  const authority = hostOf(request.headers);
  for (;;) {
    const connection = await pool.acquire(request.cluster, request.endpoint, authority, signal);
    request.onReady?.(connection.localAddress);
    try {
      return await connection.send(outgoing, signal);
    } catch (error) {
      // The backend may close a kept-alive connection at the moment that we pick it (Go's net/http does the same):
      // that says nothing about the backend's health.
      const isSafe = error instanceof StaleConnection && !request.body && IDEMPOTENT.includes(request.method);
      if (!isSafe) throw error;
    }
  }
}

function hostOf(headers: readonly string[]): string {
  const name = headers.findIndex((each, index) => index % 2 === 0 && each === 'host');
  return headers[name + 1] ?? '';
}
