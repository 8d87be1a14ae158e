import type { Socket } from 'node:net';
import type { HeaderList } from '@bookinfo/routing';
import type { BodySink } from '../http1/body.js';
import type { ResponseHead } from '../http1/response-head.js';

/** The receiver of a response's body. */
export interface ResponseSink extends BodySink {
  /** `last` is the end of the body, where all of it arrived before there was a sink. */
  end(last?: Buffer): void;
  /** The response broke off. */
  fail(error: Error): void;
}

/** The connection that a response arrives on. */
export interface ResponseSource {
  /** Stops reading until `resume`. */
  pause(): void;
  resume(): void;
  /** Closes the connection; the response ends for the reason given. */
  destroy(reason: Error): void;
}

/** A backend's response whose headers have arrived. Its body waits until it is sent to a sink or discarded. */
export class UpstreamResponse {
  readonly status: number;
  readonly headers: HeaderList;
  readonly #source: ResponseSource;
  #sink: ResponseSink | undefined;
  /** The data that arrived before there was a sink. */
  readonly #early: Buffer[] = [];
  #isComplete = false;
  #tunnel: Socket | undefined;
  #error: Error | undefined;

  constructor({ status, headers }: ResponseHead, source: ResponseSource) {
    this.status = status;
    this.headers = headers;
    this.#source = source;
  }

  /** Sends the body to the sink as it arrives; to be called once. */
  sendTo(sink: ResponseSink): void {
    this.#sink = sink;
    const last = this.#isComplete ? this.#early.pop() : undefined;
    for (const data of this.#early) this.onData(data);
    if (this.#error) sink.fail(this.#error);
    else if (this.#isComplete) sink.end(last);
    else this.resume();
  }

  resume(): void {
    if (!this.#isComplete) this.#source.resume();
  }

  /** Ends the response and its connection, unless it is complete. */
  discard(reason: Error): void {
    if (!this.#isComplete) this.#source.destroy(reason);
  }

  /** After a 101 the connection itself, paused; the caller has to close it. */
  get tunnel(): Socket | undefined {
    return this.#tunnel;
  }

  /** Called by the connection, like the methods that follow. */
  onData(data: Buffer): void {
    if (!this.#sink) this.#early.push(data);
    if (!this.#sink?.write(data) && !this.#isComplete) this.#source.pause();
  }

  onEnd(): void {
    this.#isComplete = true;
    this.#sink?.end();
  }

  onUpgrade(socket: Socket): void {
    this.#isComplete = true;
    this.#tunnel = socket;
  }

  onError(error: Error): void {
    this.#error = error;
    this.#sink?.fail(error);
  }
}
