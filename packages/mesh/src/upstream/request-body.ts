import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** A request's body on its way to a backend, no faster than the backend reads. */
export class RequestBody {
  readonly #source: Readable;
  readonly #socket: Socket;
  readonly #isChunked: boolean;
  #isSent = false;

  constructor(source: Readable, socket: Socket, isChunked: boolean) {
    this.#source = source;
    this.#socket = socket;
    this.#isChunked = isChunked;
    source.on('data', this.#onData).on('end', this.#onEnd);
    socket.on('drain', this.#onDrain);
  }

  get isSent(): boolean {
    return this.#isSent;
  }

  /** Sends no more of it; what is left is the source's owner's. */
  stop(): void {
    this.#source.off('data', this.#onData).off('end', this.#onEnd);
    this.#socket.off('drain', this.#onDrain);
  }

  readonly #onData = (data: Buffer): void => {
    if (!(this.#isChunked ? this.#writeChunk(data) : this.#socket.write(data))) this.#source.pause();
  };

  readonly #onDrain = (): void => void this.#source.resume();

  readonly #onEnd = (): void => {
    if (this.#isChunked) this.#socket.write('0\r\n\r\n', 'latin1');
    this.#isSent = true;
    this.stop();
  };

  #writeChunk(data: Buffer): boolean {
    this.#socket.cork();
    this.#socket.write(`${data.length.toString(16)}\r\n`, 'latin1');
    this.#socket.write(data);
    const isRoomLeft = this.#socket.write('\r\n', 'latin1');
    this.#socket.uncork();
    return isRoomLeft;
  }
}
