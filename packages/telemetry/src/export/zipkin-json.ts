import type { Span } from '../spans/span.js';

/** Returns the spans as the body of Zipkin's `POST /api/v2/spans`. */
export function zipkinJson(spans: readonly Span[]): string {
  return JSON.stringify(spans);
}
