import { Agent, request, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { type Clock, sleep } from '@bookinfo/effects';
import type { Span } from '../spans/span.js';

/** A collector of spans. */
export interface Collector {
  kind: 'zipkin' | 'otlp';
  url: URL;
  /** Returns the body of a request. */
  encode: (spans: readonly Span[]) => string;
}

export interface SpanExporterOptions extends Collector {
  clock: Clock;
  /** Called with the reason when the collector begins to fail, and not again until it has taken a batch. */
  onOutage: (reason: string) => void;
}

/** Spans that wait; more are dropped. About 10 MB. */
const MAX_QUEUE = 10_000;
const MAX_BATCH = 512;
const BATCH_MS = 1000;
/** A collector that has not answered by then has failed. */
const TIMEOUT_MS = 5000;

/**
 * Sends spans to a collector in batches: one request at a time, each with what has come since. It never waits for the collector
 * otherwise: what does not fit in the queue, and batches that the collector did not take, are dropped and counted.
 */
export class SpanExporter {
  readonly #options: SpanExporterOptions;
  readonly #agent: Agent | SecureAgent;
  #queue: Span[] = [];
  #cancelTimer: (() => void) | undefined;
  #sending: Promise<void> | undefined;
  #isFailing = false;
  #isClosed = false;
  /** Spans that were not delivered. */
  dropped = 0;
  /** Spans that the collector has taken. */
  sent = 0;

  constructor(options: SpanExporterOptions) {
    this.#options = options;
    const agentOptions = { keepAlive: true, maxSockets: 1 };
    this.#agent = options.url.protocol === 'https:' ? new SecureAgent(agentOptions) : new Agent(agentOptions);
  }

  /** Queues a span, or drops it when the queue is full. */
  add(span: Span): void {
    if (this.#isClosed || this.#queue.length >= MAX_QUEUE) {
      this.dropped += 1;
      return;
    }
    this.#queue.push(span);
    if (this.#sending) return;
    if (this.#queue.length >= MAX_BATCH) this.#send();
    else this.#cancelTimer ??= this.#options.clock.after(BATCH_MS, () => this.#send());
  }

  /** Sends what is queued, for at most `graceMs`; drops the rest. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    const { clock } = this.#options;
    const drained = new AbortController();
    const late = sleep(clock, graceMs, drained.signal).catch(() => undefined);
    await Promise.race([this.#drain(), late]);
    drained.abort();
    this.#cancelTimer?.();
    this.dropped += this.#queue.length;
    this.#queue = [];
    this.#agent.destroy();
  }

  async #drain(): Promise<void> {
    while (this.#sending || this.#queue.length > 0) {
      this.#send();
      await this.#sending;
    }
  }

  #send(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#sending || this.#queue.length === 0) return;
    const batch = this.#queue.splice(0, MAX_BATCH);
    this.#sending = this.#post(batch).finally(() => {
      this.#sending = undefined;
      if (this.#queue.length >= MAX_BATCH) this.#send();
      else if (this.#queue.length > 0)
        this.#cancelTimer ??= this.#options.clock.after(BATCH_MS, () => this.#send());
    });
  }

  async #post(batch: readonly Span[]): Promise<void> {
    const { url, encode, onOutage } = this.#options;
    try {
      const status = await post(url, encode(batch), this.#agent);
      if (status >= 300) throw new Error(`it responded with the status ${status}`);
      this.sent += batch.length;
      this.#isFailing = false;
    } catch (error) {
      this.dropped += batch.length;
      if (this.#isFailing) return;
      this.#isFailing = true;
      onOutage(`${url.href} does not take spans: ${(error as Error).message}`);
    }
  }
}

/** Resolves with the status; the body is read and discarded. */
function post(url: URL, body: string, agent: Agent): Promise<number> {
  const send = url.protocol === 'https:' ? secureRequest : request;
  return new Promise((resolve, reject) => {
    const outgoing = send(url, {
      method: 'POST',
      agent,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    outgoing.on('error', reject).on('response', (response: IncomingMessage) => {
      response
        .on('error', reject)
        .on('end', () => resolve(response.statusCode ?? 0))
        .resume();
    });
    outgoing.end(body);
  });
}
