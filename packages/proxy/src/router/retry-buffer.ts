import type { IncomingMessage } from 'node:http';
import type { BodySink } from '../http1/body-sink.js';
import type { BodySource } from '../http1/body-source.js';
import type { BodyCopy } from './body-copy.js';

/** Envoy's default (per_connection_buffer_limit_bytes). */
const LIMIT_BYTES = 1024 * 1024;

/** The request's body outgrew what is kept of it, at a moment when no try was there to take it. */
export class RetryBufferExceeded extends Error {}

/**
 * The body of a request, kept as far as it has been read so that it can be sent again: up to 1 MiB, as in Envoy
 * (Filter::decodeData, router.cc). A longer one is passed through, and can't be sent again.
 */
export class RetryBuffer implements BodySource {
  readonly #request: IncomingMessage;
  readonly #onExceeded: (error: RetryBufferExceeded) => void;
  readonly #kept: Buffer[] = [];
  #bytes = 0;
  readonly #copies: BodyCopy[] = [];
  #sink: BodySink | undefined;
  #isReading = false;

  /** `onExceeded` is told when the body becomes too long between two tries. */
  constructor(request: IncomingMessage, onExceeded: (error: RetryBufferExceeded) => void) {
    this.#request = request;
    this.#onExceeded = onExceeded;
  }

  /** As many as have been read. */
  get bytes(): number {
    return this.#bytes;
  }

  /** False once the body is longer than what is kept of it. */
  get isKept(): boolean {
    return this.#bytes <= LIMIT_BYTES;
  }

  /** Sends the body to the copy too, which is added before anything was read. */
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
    // Between two tries the body is read on, as it is after an answer that came early.
    this.#request.resume();
  }

  /** Leaves what has not been read to the request's owner. */
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
