import {
  EndpointGone,
  StaleConnection,
  UpstreamReset,
  type Cluster,
  type Endpoint,
  type HeaderList,
} from '@bookinfo/routing';
import type { BodySource } from '../http1/body.js';
import { requestHead } from '../http1/request-head.js';
import type { ConnectionPool } from './connection-pool.js';
import type { OutgoingRequest } from './upstream-connection.js';
import type { UpstreamResponse } from './upstream-response.js';

/** One attempt: a request to one endpoint. */
export interface UpstreamRequest {
  /** The cluster whose limits and connections it uses. */
  cluster: Cluster;
  endpoint: Endpoint;
  method: string;
  path: string;
  /** With those of the framing. */
  headers: HeaderList;
  /** Absent when the request has none. */
  body?: BodySource;
  /** True when the headers announce the body in chunks. Default false. */
  isChunked?: boolean;
  /** True when the headers ask for another protocol. Default false: a 101 is a protocol error. */
  isUpgrade?: boolean;
  /** Called with the local address when sending begins; perhaps more than once. */
  onReady?: (localAddress: string) => void;
}

/** RFC 9110, 9.2.2. */
const IDEMPOTENT = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'];

/**
 * Sends the request and resolves when the response's headers have arrived. The signal ends the request at any time until
 * the response's end.
 *
 * @throws {UpstreamReset} when no response begins; an EndpointGone for an idempotent request without a body, when the endpoint
 * refuses connections since; an Overflow, without an attempt, when the cluster's limits leave no room.
 * @throws {Error} the signal's reason when it is aborted.
 */
export async function sendUpstream(
  request: UpstreamRequest,
  pool: ConnectionPool,
  signal: AbortSignal,
): Promise<UpstreamResponse> {
  signal.throwIfAborted();
  const outgoing: OutgoingRequest = {
    method: request.method,
    head: requestHead(request.method, request.path, request.headers),
    body: request.body,
    isChunked: request.isChunked ?? false,
    isUpgrade: request.isUpgrade ?? false,
  };
  const authority = request.headers.get('host') ?? '';
  for (;;) {
    const connection = await pool.acquire(request.cluster, request.endpoint, authority, signal);
    request.onReady?.(connection.localAddress);
    try {
      return await connection.send(outgoing, signal);
    } catch (error) {
      if (!(error instanceof UpstreamReset) || request.body || !IDEMPOTENT.includes(request.method))
        throw error;
      // The backend may close a kept-alive connection just when it is picked, which reveals nothing about the backend's
      // health. Go's net/http retries too.
      if (error instanceof StaleConnection) continue;
      const isGone =
        error.reason === 'connection termination' &&
        !(await pool.isListening(request.cluster, request.endpoint));
      throw isGone ? new EndpointGone({ cause: error }) : error;
    }
  }
}
