import type { IncomingMessage } from 'node:http';
import type { BodySink, BodySource } from '../http1/body.js';
import type { BodyCopy } from './body-copy.js';

/** Envoy's default (per_connection_buffer_limit_bytes). */
const MAX_BYTES = 1024 * 1024;

/** The reason to cancel a request whose body outgrew the buffer between two attempts. */
export class RetryBufferExceeded extends Error {}

/**
 * The body of a request, which keeps what it has read so that it can be sent again: up to 1 MiB, as in Envoy
 * (Filter::decodeData, router.cc). A longer body is streamed, and cannot be sent again.
 */
export class RetryBuffer implements BodySource {
  readonly #request: IncomingMessage;
  readonly #onExceeded: (error: RetryBufferExceeded) => void;
  readonly #kept: Buffer[] = [];
  #bytes = 0;
  readonly #copies: BodyCopy[] = [];
  #sink: BodySink | undefined;
  #isReading = false;

  /** `onExceeded` is called when the body becomes too long between two attempts. */
  constructor(request: IncomingMessage, onExceeded: (error: RetryBufferExceeded) => void) {
    this.#request = request;
    this.#onExceeded = onExceeded;
  }

  /** The number of bytes that have been read. */
  get bytes(): number {
    return this.#bytes;
  }

  /** False once the body is longer than the buffer. */
  get isKept(): boolean {
    return this.#bytes <= MAX_BYTES;
  }

  /** Sends the body to the copy too; to be called before anything was read. */
  addCopy(copy: BodyCopy): void {
    this.#copies.push(copy);
  }

  sendTo(sink: BodySink): void {
    this.#sink = sink;
    for (const data of this.#kept) sink.write(data);
    if (this.#request.readableEnded) sink.end();
    else if (this.#isReading) this.#request.resume();
    else this.#read();
  }

  resume(): void {
    this.#request.resume();
  }

  stop(): void {
    this.#sink = undefined;
    // Between two attempts reading continues, as it does after an early response.
    this.#request.resume();
  }

  /** Stops reading; the rest belongs to the owner of the request. */
  release(): void {
    this.#sink = undefined;
    this.#request.off('data', this.#onData).off('end', this.#onEnd);
    if (!this.#request.readableEnded) for (const copy of this.#copies) copy.abandon();
  }

  #read(): void {
    this.#isReading = true;
    this.#request.on('data', this.#onData).on('end', this.#onEnd);
  }

  readonly #onData = (data: Buffer): void => {
    this.#bytes += data.length;
    if (this.isKept) this.#kept.push(data);
    else {
      this.#kept.length = 0;
      if (!this.#sink) this.#onExceeded(new RetryBufferExceeded('the body is too long to be sent again'));
    }
    for (const copy of this.#copies) copy.write(data);
    if (this.#sink?.write(data) === false) this.#request.pause();
  };

  readonly #onEnd = (): void => {
    for (const copy of this.#copies) copy.end();
    this.#sink?.end();
  };
}
