import { z } from 'zod';
import type { Span } from '../spans/span.js';

/** Longer texts are of no use for the page that shows them. */
const TEXT = z.string().max(4096);
const ID = z.string().regex(/^[0-9a-f]{16}$/);
const MICROS = z.number().nonnegative();

/** A span as proxies send it; other fields are left out. */
const span = z.object({
  traceId: z.string().regex(/^(?:[0-9a-f]{16}){1,2}$/),
  id: ID,
  parentId: z.exactOptional(ID),
  kind: z.exactOptional(z.enum(['CLIENT', 'SERVER'])),
  name: TEXT.default(''),
  timestamp: MICROS,
  duration: MICROS.default(1),
  localEndpoint: z.object({ serviceName: TEXT }),
  annotations: z
    .array(z.object({ timestamp: MICROS, value: TEXT }))
    .max(100)
    .default([]),
  tags: z.record(TEXT, TEXT).default({}),
});
const spans = z.array(span).max(10_000);

/**
 * Reads the body of Zipkin's `POST /api/v2/spans`.
 * @throws {Error} that says in one line what is wrong with it.
 */
export function receivedSpans(body: string): Span[] {
  const { data, error } = spans.safeParse(parsed(body));
  if (data) return data;
  const [issue] = error.issues;
  throw new Error(`${issue?.path.join('.') || 'body'}: ${issue?.message}`);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new Error('body: it is not JSON', { cause });
  }
}
