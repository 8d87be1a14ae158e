import type { Socket } from 'node:net';
import { StaleConnection, UpstreamReset } from '@bookinfo/routing';
import type { BodySource } from '../http1/body.js';
import { ProtocolError } from '../http1/header-line.js';
import { keepAliveMs } from '../http1/keep-alive.js';
import { RequestBody } from '../http1/request-body.js';
import type { ResponseHead } from '../http1/response-head.js';
import { ResponseParser } from '../http1/response-parser.js';
import { UpstreamResponse, type ResponseSource } from './upstream-response.js';

/** A request as it is written. */
export interface OutgoingRequest {
  method: string;
  /** Request line and headers, with the empty line. */
  head: string;
  body?: BodySource | undefined;
  /** True when the head announces the body in chunks. */
  isChunked: boolean;
  /** True when the head asks for another protocol, so that 101 is a valid response. */
  isUpgrade: boolean;
}

/** The owner of a pooled connection. */
export interface ConnectionOwner {
  /** Called when the connection can take another request within so many milliseconds. */
  onIdle(idleMs: number): void;
  onClose(): void;
}

/** The request under way. */
interface ActiveRequest {
  request: OutgoingRequest;
  resolve: (response: UpstreamResponse) => void;
  reject: (error: Error) => void;
  /** Removes the abort listener. */
  release: () => void;
  parser: ResponseParser;
  body?: RequestBody;
  hasBegun: boolean;
  head?: ResponseHead;
  response?: UpstreamResponse;
  isPaused: boolean;
}

/** One connection to a backend, which carries one request at a time. */
export class UpstreamConnection implements ResponseSource {
  /** `127.0.0.1:41234`. */
  readonly localAddress: string;
  readonly #socket: Socket;
  readonly #owner: ConnectionOwner;
  #active: ActiveRequest | undefined;
  #mayBeStale = false;

  /** The socket is connected. */
  constructor(socket: Socket, owner: ConnectionOwner) {
    this.localAddress = `${socket.localAddress}:${socket.localPort}`;
    this.#socket = socket;
    this.#owner = owner;
    socket.on('data', this.#onBytes).on('end', this.#onEnd).on('error', this.#onError);
    socket.once('close', () => {
      this.#onError();
      owner.onClose();
    });
  }

  /** False as soon as either side has closed. */
  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /**
   * Resolves when the response's headers have arrived. The signal ends the request at any time until the response's end.
   *
   * @throws {UpstreamReset} when no response begins; a StaleConnection when the backend may have closed before.
   * @throws {Error} the signal's reason when it is aborted.
   */
  send(request: OutgoingRequest, signal: AbortSignal): Promise<UpstreamResponse> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) this.destroy(signal.reason as Error);
      signal.throwIfAborted();
      const onAbort = (): void => this.destroy(signal.reason as Error);
      signal.addEventListener('abort', onAbort);
      const active: ActiveRequest = {
        request,
        resolve,
        reject,
        release: () => signal.removeEventListener('abort', onAbort),
        parser: new ResponseParser(request.method, {
          onHead: (head) => this.#onHead(active, head),
          onData: (data) => active.response?.onData(data),
        }),
        hasBegun: false,
        isPaused: false,
      };
      this.#active = active;
      this.#socket.write(request.head, 'latin1');
      if (request.body) active.body = new RequestBody(request.body, this.#socket, request.isChunked);
    });
  }

  /** Called when the connection is kept for a later request: the backend may close it before. */
  onKept(): void {
    this.#mayBeStale = true;
  }

  pause(): void {
    if (this.#active) this.#active.isPaused = true;
  }

  resume(): void {
    if (this.#active) this.#active.isPaused = false;
    if (this.#socket.isPaused()) this.#socket.resume();
  }

  destroy(reason: Error): void {
    if (this.#active) this.#fail(this.#active, reason);
    this.#socket.destroy();
  }

  readonly #onBytes = (bytes: Buffer): void => {
    const active = this.#active;
    if (!active) {
      // A response without a request must not become the response to the next one.
      this.#socket.destroy();
      return;
    }
    active.hasBegun = true;
    try {
      const used = active.parser.read(bytes);
      if (active.parser.isComplete) this.#finish(active, bytes.subarray(used));
      else if (active.isPaused) this.#socket.pause();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.destroy(new UpstreamReset('protocol error', { cause: error }));
    }
  };

  readonly #onEnd = (): void => {
    const active = this.#active;
    if (active?.parser.endsWithConnection) this.#complete(active);
    // An orderly end in the middle of a response is the sender's mistake, unlike a connection that breaks.
    else if (active?.parser.hasBegun) this.#fail(active, new UpstreamReset('protocol error'));
    else this.#onError();
    this.#socket.destroy();
  };

  readonly #onError = (cause?: Error): void => {
    const active = this.#active;
    if (!active) return;
    const Reset = this.#mayBeStale && !active.hasBegun ? StaleConnection : UpstreamReset;
    this.#fail(active, new Reset('connection termination', { cause }));
  };

  #onHead(active: ActiveRequest, head: ResponseHead): void {
    if (head.status === 101 && !active.request.isUpgrade)
      throw new ProtocolError('the backend changes the protocol without an Upgrade request');
    active.head = head;
    active.response = new UpstreamResponse(head, this);
    active.resolve(active.response);
  }

  /** Ends a request whose response is complete; `surplus` came after it. */
  #finish(active: ActiveRequest, surplus: Buffer): void {
    const { head, request, body } = active;
    if (head?.status === 101) {
      this.#handOver(active, surplus);
      return;
    }
    const isSent = !request.body || body?.isSent === true;
    const idleMs = head && isSent && surplus.length === 0 ? keepAliveMs(head) : 0;
    this.#complete(active);
    this.#mayBeStale = true;
    if (idleMs > 0) this.#owner.onIdle(idleMs);
    else this.#socket.destroy();
  }

  #complete(active: ActiveRequest): void {
    this.#leave(active);
    active.response?.onEnd();
  }

  #fail(active: ActiveRequest, error: Error): void {
    this.#leave(active);
    if (active.response) active.response.onError(error);
    else active.reject(error);
  }

  #leave(active: ActiveRequest): void {
    this.#active = undefined;
    active.release();
    active.body?.stop();
  }

  /** Gives the socket to the response: from now on the bytes belong to another protocol. */
  #handOver(active: ActiveRequest, firstBytes: Buffer): void {
    this.#leave(active);
    this.#socket.off('data', this.#onBytes).off('end', this.#onEnd).off('error', this.#onError).pause();
    if (firstBytes.length > 0) this.#socket.unshift(firstBytes);
    active.response?.onUpgrade(this.#socket);
  }
}
