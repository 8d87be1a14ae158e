import type { Socket } from 'node:net';
import type { BodySink, BodySource } from './body.js';

/** Writes a request's body to a backend, no faster than the backend reads. */
export class RequestBody implements BodySink {
  readonly #source: BodySource;
  readonly #socket: Socket;
  readonly #isChunked: boolean;
  #isSent = false;

  constructor(source: BodySource, socket: Socket, isChunked: boolean) {
    this.#source = source;
    this.#socket = socket;
    this.#isChunked = isChunked;
    socket.on('drain', this.#onDrain);
    source.sendTo(this);
  }

  get isSent(): boolean {
    return this.#isSent;
  }

  /** Stops sending; the rest belongs to the source's owner. */
  stop(): void {
    this.#socket.off('drain', this.#onDrain);
    if (!this.#isSent) this.#source.stop();
  }

  write(data: Buffer): boolean {
    return this.#isChunked ? this.#writeChunk(data) : this.#socket.write(data);
  }

  end(): void {
    if (this.#isChunked) this.#socket.write('0\r\n\r\n', 'latin1');
    this.#isSent = true;
    this.stop();
  }

  readonly #onDrain = (): void => this.#source.resume();

  #writeChunk(data: Buffer): boolean {
    this.#socket.cork();
    this.#socket.write(`${data.length.toString(16)}\r\n`, 'latin1');
    this.#socket.write(data);
    const hasRoom = this.#socket.write('\r\n', 'latin1');
    this.#socket.uncork();
    return hasRoom;
  }
}
