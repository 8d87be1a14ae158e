import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '@bookinfo/effects';
import type { Downstream } from '../exchange.js';
import { IDLE_TIMEOUT_MS } from './server-limits.js';

/** What happens when the responses to all earlier requests are complete. */
interface Turn {
  /** Absent for bytes that are no request. */
  request?: IncomingMessage;
  /** Begins the request. */
  begin?: () => Downstream;
  /** Ends the connection: the bytes are no request, or the body of the request that has begun is malformed. */
  refuse?: () => void;
}

/**
 * A client's connection. Its requests are served in order and one at a time, as by Envoy: Node's parser reads ahead, but a
 * request begins when the response before it is complete and the connection is still open. Nothing more is read while one
 * waits.
 */
export class ClientConnection {
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #waiting: Turn[] = [];
  #active: Downstream | undefined;
  #isRefused = false;
  #stopIdleTimer: () => void = () => undefined;

  constructor(socket: Socket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    // At the end of every message Node's server resumes the socket.
    socket.on('resume', () => {
      if (this.#waiting.length > 0) socket.pause();
    });
    socket.once('close', () => this.#stopIdleTimer());
    this.#startIdleTimer();
  }

  /** The request that is being served. */
  get active(): Downstream | undefined {
    return this.#active;
  }

  /** Begins the request in its turn. */
  serve(request: IncomingMessage, begin: () => Downstream): void {
    this.#add({ request, begin });
  }

  /**
   * Calls `refuse`, which ends the connection, because of bytes that are not HTTP: in the turn of the request in whose body
   * they are, otherwise in their own.
   */
  refuse(refuse: () => void): void {
    if (this.#isRefused) return;
    this.#isRefused = true;
    const last = this.#waiting.at(-1);
    if (last?.request?.complete === false) last.refuse = refuse;
    else if (this.#active?.request.complete === false) refuse();
    else this.#add({ refuse });
  }

  /** Takes over from Node's server, which leaves the socket alone after a request that changes the protocol. */
  onDetached(): void {
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.on('drain', () => this.#active?.response.emit('drain'));
  }

  #add(turn: Turn): void {
    // Behind the last response of the connection nothing is served.
    if (!this.#socket.writable) return;
    if (this.#active) {
      this.#waiting.push(turn);
      this.#socket.pause();
    } else this.#begin(turn);
  }

  #begin({ begin, refuse }: Turn): void {
    this.#stopIdleTimer();
    this.#active = begin?.();
    this.#active?.response.on('close', () => this.#onEnd());
    refuse?.();
  }

  #onEnd(): void {
    // In a turn of the event loop of its own, since one packet can hold a thousand requests.
    if (this.#waiting.length > 0) setImmediate(() => this.#beginNext());
    else {
      this.#active = undefined;
      if (this.#socket.writable) this.#startIdleTimer();
    }
  }

  #beginNext(): void {
    const next = this.#socket.writable ? this.#waiting.shift() : undefined;
    if (!next) this.#waiting.length = 0;
    if (this.#waiting.length === 0) this.#socket.resume();
    this.#active = undefined;
    if (next) this.#begin(next);
  }

  #startIdleTimer(): void {
    this.#stopIdleTimer = this.#clock.after(IDLE_TIMEOUT_MS, () => this.#socket.destroy());
  }
}
