import type { Span } from '../spans/span.js';

/** Time in which the proxies of both ends send a span: Envoy sends every five seconds. */
const WAIT_MS = 10_000;
/** Spans that wait for their other end; the oldest are given up for more. */
const MAX_WAITING = 10_000;

/** Called once for each caller's span; `server` is the span of the pod's end, undefined when none has come. */
type OnRequest = (client: Span, server: Span | undefined) => void;

/** Finds the two ends of each request among the spans of two proxies, in whatever order they come. */
export class SpanPairs {
  readonly #now: () => number;
  readonly #onRequest: OnRequest;
  /** By the id of the caller's span, the oldest first. */
  readonly #clients = new Map<string, { span: Span; at: number }>();
  readonly #servers = new Map<string, { span: Span; at: number }>();

  /** `now` returns milliseconds on a monotonic scale. */
  constructor(now: () => number, onRequest: OnRequest) {
    this.#now = now;
    this.#onRequest = onRequest;
  }

  /** Takes a span of either end, and gives up those that have waited too long. */
  add(span: Span): void {
    const at = this.#now();
    if (span.kind === 'CLIENT') {
      const server = this.#servers.get(span.id);
      this.#servers.delete(span.id);
      if (server) this.#onRequest(span, server.span);
      else this.#clients.set(span.id, { span, at });
    } else if (span.kind === 'SERVER' && span.parentId !== undefined) {
      const client = this.#clients.get(span.parentId);
      this.#clients.delete(span.parentId);
      if (client) this.#onRequest(client.span, span);
      else this.#servers.set(span.parentId, { span, at });
    }
    this.giveUp();
  }

  /** Reports the callers' spans that have waited too long without their other end. */
  giveUp(): void {
    const until = this.#now() - WAIT_MS;
    for (const [id, { span, at }] of this.#clients) {
      if (at > until && this.#clients.size <= MAX_WAITING) break;
      this.#clients.delete(id);
      this.#onRequest(span, undefined);
    }
    for (const [id, { at }] of this.#servers) {
      if (at > until && this.#servers.size <= MAX_WAITING) break;
      this.#servers.delete(id);
    }
  }
}
