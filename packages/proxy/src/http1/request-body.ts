import type { Socket } from 'node:net';
import type { BodySink } from './body-sink.js';
import type { BodySource } from './body-source.js';

/** A request's body on its way to a backend, no faster than the backend reads. */
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

  /** Sends no more of it; what is left is the source's owner's. */
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
    const isRoomLeft = this.#socket.write('\r\n', 'latin1');
    this.#socket.uncork();
    return isRoomLeft;
  }
}
