import { request as httpRequest, type Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Clock } from '../clock/clock.js';
import type { Endpoint } from '../compile/cluster.js';
import { MAX_HEADER_BYTES } from './limits.js';
import { UpstreamReset } from './upstream-reset.js';

/** One try: a request to one endpoint. */
export interface UpstreamRequest {
  endpoint: Endpoint;
  method: string;
  path: string;
  /** Flat list of names and values. */
  headers: string[];
  /** Absent when the request has none. */
  body?: Readable;
  connectTimeoutMs: number;
}

export interface UpstreamConnections {
  /** Keeps connections alive, by endpoint. */
  agent: Agent;
  clock: Clock;
  /** Told of every connection that is made. */
  onConnect: (socket: Socket) => void;
}

/** RFC 9110, 9.2.2. */
const IDEMPOTENT = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'];

/**
 * Sends the request and resolves as soon as the answer's headers are there. The signal ends the request, at any time
 * until the answer's end. Throws an UpstreamReset when no answer begins, the signal's reason when that is why.
 */
export async function sendUpstream(
  request: UpstreamRequest,
  connections: UpstreamConnections,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  try {
    return await sendOnce(request, connections, connections.agent, signal);
  } catch (error) {
    // The backend may close a kept-alive connection at the moment that we pick it (Node documents this at
    // `request.reusedSocket`, Go's net/http does the same): that says nothing about the backend's health.
    const isSafe = error instanceof StaleConnection && !request.body && IDEMPOTENT.includes(request.method);
    if (!isSafe) throw error;
    return await sendOnce(request, connections, false, signal);
  }
}

class StaleConnection extends UpstreamReset {}

function sendOnce(
  request: UpstreamRequest,
  { clock, onConnect }: UpstreamConnections,
  agent: Agent | false,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const { endpoint, method, path, headers, body } = request;
    const outgoing = httpRequest({
      host: endpoint.address,
      port: endpoint.port,
      method,
      path,
      headers,
      agent,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
    let isConnected = false;
    let cancelConnectTimeout: (() => void) | undefined;
    const onAbort = (): void => void outgoing.destroy(signal.reason as Error);
    signal.addEventListener('abort', onAbort);

    const begin = (): void => {
      isConnected = true;
      cancelConnectTimeout?.();
      // Not earlier: what has been read from the client can't be sent to another endpoint.
      body?.pipe(outgoing);
    };
    outgoing.once('socket', (socket) => {
      if (!socket.connecting) {
        begin();
        return;
      }
      cancelConnectTimeout = clock.after(request.connectTimeoutMs, () =>
        outgoing.destroy(new UpstreamReset('connection timeout')),
      );
      socket.once('connect', () => {
        onConnect(socket);
        begin();
      });
    });
    if (!body) outgoing.end();

    outgoing.once('response', (answer) => {
      if (Number(answer.statusCode) >= 100) resolve(answer);
      else outgoing.destroy(new UpstreamReset('protocol error'));
    });
    // A 101 that nobody asked for: Node hands over the bare socket.
    outgoing.once('upgrade', (_, socket) => {
      socket.destroy();
      reject(new UpstreamReset('protocol error'));
    });
    // Stays for errors that come after the answer began; those reach its reader through the answer itself.
    outgoing.on('error', (error) =>
      reject(signal.aborted ? (signal.reason as Error) : toReset(error, outgoing, isConnected)),
    );
    outgoing.once('close', () => {
      cancelConnectTimeout?.();
      signal.removeEventListener('abort', onAbort);
    });
  });
}

function toReset(
  error: Error & { code?: string },
  outgoing: ClientRequest,
  isConnected: boolean,
): UpstreamReset {
  if (error instanceof UpstreamReset) return error;
  if (!isConnected) return new UpstreamReset('remote connection failure', { cause: error });
  if (error.code?.startsWith('HPE_')) return new UpstreamReset('protocol error', { cause: error });
  const Reset = outgoing.reusedSocket ? StaleConnection : UpstreamReset;
  return new Reset('connection termination', { cause: error });
}
