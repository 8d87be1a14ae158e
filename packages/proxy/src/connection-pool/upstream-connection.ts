import type { Socket } from 'node:net';
import type { BodySource } from '../http1/body-source.js';
import { keepAliveMs } from '../http1/keep-alive.js';
import { ProtocolError } from '../http1/protocol-error.js';
import { RequestBody } from '../http1/request-body.js';
import type { ResponseHead } from '../http1/response-head.js';
import { ResponseParser } from '../http1/response-parser.js';
import { UpstreamAnswer } from './upstream-response.js';
import { StaleConnection, UpstreamReset } from '@bookinfo/routing';

/** A request as it is written. */
export interface OutgoingRequest {
  method: string;
  /** Request line and headers, with the empty line. */
  head: string;
  body?: BodySource | undefined;
  /** Whether the head announces the body in chunks. */
  isChunked: boolean;
  /** Whether the head asks for another protocol, so that 101 is an answer. */
  isUpgrade: boolean;
}

/** Whoever keeps connections. */
export interface ConnectionOwner {
  /** The connection can take another request within so many milliseconds. */
  onIdle(idleMs: number): void;
  onClose(): void;
}

/** A request under way. */
interface Exchange {
  request: OutgoingRequest;
  resolve: (answer: UpstreamAnswer) => void;
  reject: (error: Error) => void;
  /** Lets go of the signal. */
  release: () => void;
  parser: ResponseParser;
  body?: RequestBody;
  hasBegun: boolean;
  head?: ResponseHead;
  answer?: UpstreamAnswer;
  isHeld: boolean;
}

/** One connection to a backend, which carries one request at a time. */
export class UpstreamConnection {
  /** `127.0.0.1:41234`. */
  readonly localAddress: string;
  readonly #socket: Socket;
  readonly #owner: ConnectionOwner;
  #exchange: Exchange | undefined;
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
   * Resolves as soon as the answer's headers are there. The signal ends the request at any time until the answer's
   * end. Throws an UpstreamReset when no answer begins, a StaleConnection where the backend may have closed before; the
   * signal's reason when that is why.
   */
  send(request: OutgoingRequest, signal: AbortSignal): Promise<UpstreamAnswer> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) this.destroy(signal.reason as Error);
      signal.throwIfAborted();
      const onAbort = (): void => this.destroy(signal.reason as Error);
      signal.addEventListener('abort', onAbort);
      const exchange: Exchange = {
        request,
        resolve,
        reject,
        release: () => signal.removeEventListener('abort', onAbort),
        parser: new ResponseParser(request.method, {
          onHead: (head) => this.#onHead(exchange, head),
          onData: (data) => exchange.answer?.onData(data),
        }),
        hasBegun: false,
        isHeld: false,
      };
      this.#exchange = exchange;
      this.#socket.write(request.head, 'latin1');
      if (request.body) exchange.body = new RequestBody(request.body, this.#socket, request.isChunked);
    });
  }

  /** It waits for another request; the backend may close it before. */
  onKept(): void {
    this.#mayBeStale = true;
  }

  /** Stops reading: what has been read can't be passed on at the moment. */
  pause(): void {
    if (this.#exchange) this.#exchange.isHeld = true;
  }

  resume(): void {
    if (this.#exchange) this.#exchange.isHeld = false;
    if (this.#socket.isPaused()) this.#socket.resume();
  }

  /** Closes the connection; a request under way ends for the reason given. */
  destroy(reason: Error): void {
    if (this.#exchange) this.#fail(this.#exchange, reason);
    this.#socket.destroy();
  }

  readonly #onBytes = (bytes: Buffer): void => {
    const exchange = this.#exchange;
    if (!exchange) {
      // An answer to nothing; it must not be taken for the next request's.
      this.#socket.destroy();
      return;
    }
    exchange.hasBegun = true;
    try {
      const used = exchange.parser.read(bytes);
      if (exchange.parser.isComplete) this.#finish(exchange, bytes.subarray(used));
      else if (exchange.isHeld) this.#socket.pause();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.destroy(new UpstreamReset('protocol error', { cause: error }));
    }
  };

  readonly #onEnd = (): void => {
    const exchange = this.#exchange;
    if (exchange?.parser.endsWithConnection) this.#complete(exchange);
    // An end in the middle of an answer is a mistake of its sender's, unlike a connection that breaks.
    else if (exchange?.answer) this.#fail(exchange, new UpstreamReset('protocol error'));
    else this.#onError();
    this.#socket.destroy();
  };

  readonly #onError = (cause?: Error): void => {
    const exchange = this.#exchange;
    if (!exchange) return;
    const Reset = this.#mayBeStale && !exchange.hasBegun ? StaleConnection : UpstreamReset;
    this.#fail(exchange, new Reset('connection termination', { cause }));
  };

  #onHead(exchange: Exchange, head: ResponseHead): void {
    if (head.status === 101 && !exchange.request.isUpgrade)
      throw new ProtocolError('the backend changes to a protocol that nobody asked for');
    exchange.head = head;
    exchange.answer = new UpstreamAnswer(head, this);
    exchange.resolve(exchange.answer);
  }

  /** The answer is complete; `surplus` came after it. */
  #finish(exchange: Exchange, surplus: Buffer): void {
    const { head, request, body } = exchange;
    if (head?.status === 101) {
      this.#handOver(exchange, surplus);
      return;
    }
    const isSent = !request.body || body?.isSent === true;
    const idleMs = head && isSent && surplus.length === 0 ? keepAliveMs(head) : 0;
    this.#complete(exchange);
    this.#mayBeStale = true;
    if (idleMs > 0) this.#owner.onIdle(idleMs);
    else this.#socket.destroy();
  }

  #complete(exchange: Exchange): void {
    this.#leave(exchange);
    exchange.answer?.onEnd();
  }

  #fail(exchange: Exchange, error: Error): void {
    this.#leave(exchange);
    if (exchange.answer) exchange.answer.onError(error);
    else exchange.reject(error);
  }

  #leave(exchange: Exchange): void {
    this.#exchange = undefined;
    exchange.release();
    exchange.body?.stop();
  }

  /** From now on the bytes are another protocol's. */
  #handOver(exchange: Exchange, firstBytes: Buffer): void {
    this.#leave(exchange);
    this.#socket.off('data', this.#onBytes).off('end', this.#onEnd).off('error', this.#onError).pause();
    if (firstBytes.length > 0) this.#socket.unshift(firstBytes);
    exchange.answer?.onUpgrade(this.#socket);
  }
}
