import type { Socket } from 'node:net';
import type { BodySink } from '../http1/body-sink.js';
import type { UpstreamConnection } from './upstream-connection.js';
import type { ResponseHead } from '../http1/response-head.js';

/** Where an answer's body goes. */
export interface AnswerSink extends BodySink {
  /** The answer broke off. */
  fail(error: Error): void;
}

/** A backend's answer, of which the headers are there. Its body waits until it is sent or discarded. */
export class UpstreamAnswer {
  readonly status: number;
  /** Flat list of names in lower case and values. */
  readonly headers: readonly string[];
  readonly #connection: UpstreamConnection;
  #sink: AnswerSink | undefined;
  /** What came before there was a sink. */
  readonly #early: Buffer[] = [];
  #isComplete = false;
  #tunnel: Socket | undefined;
  #error: Error | undefined;

  constructor({ status, headers }: ResponseHead, connection: UpstreamConnection) {
    this.status = status;
    this.headers = headers;
    this.#connection = connection;
  }

  /** Sends the body to the sink, as it comes; to be called once. */
  sendTo(sink: AnswerSink): void {
    this.#sink = sink;
    for (const data of this.#early) this.onData(data);
    if (this.#error) sink.fail(this.#error);
    else if (this.#isComplete) sink.end();
    else this.resume();
  }

  resume(): void {
    if (!this.#isComplete) this.#connection.resume();
  }

  /** Ends the answer and its connection, unless it is complete. */
  discard(reason: Error): void {
    if (!this.#isComplete) this.#connection.destroy(reason);
  }

  /** After a 101 the connection itself, paused; whoever asks for it closes it. */
  get tunnel(): Socket | undefined {
    return this.#tunnel;
  }

  /** For its connection. */
  onData(data: Buffer): void {
    if (!this.#sink) this.#early.push(data);
    if (!this.#sink?.write(data) && !this.#isComplete) this.#connection.pause();
  }

  /** For its connection. */
  onEnd(): void {
    this.#isComplete = true;
    this.#sink?.end();
  }

  /** For its connection. */
  onUpgrade(socket: Socket): void {
    this.#isComplete = true;
    this.#tunnel = socket;
  }

  /** For its connection. */
  onError(error: Error): void {
    this.#error = error;
    this.#sink?.fail(error);
  }
}
