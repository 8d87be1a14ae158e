import type { TracedSpan, TracePart } from './trace-part.js';

/** Limits of a store; what is beyond them is the oldest. */
export interface TraceStoreLimits {
  traces: number;
  bytes: number;
  /** Of one trace, whose id a client may send again and again: what comes later is left out. */
  partsOfTrace: number;
}

const DEFAULT_LIMITS: TraceStoreLimits = { traces: 10_000, bytes: 96 * 1024 * 1024, partsOfTrace: 200 };

export interface TraceFilter {
  limit: number;
  /** Only traces with an error or a response flag. */
  errors?: boolean | undefined;
  /** Only traces with this workload, such as `default/reviews-v1`. */
  workload?: string | undefined;
}

/** A trace, its first span first. */
export interface StoredTrace {
  traceId: string;
  spans: TracedSpan[];
}

interface Held {
  bytes: number;
  parts: TracePart[];
}

/** The latest traces. */
export class TraceStore {
  readonly #limits: TraceStoreLimits;
  /** The oldest one first. */
  readonly #traces = new Map<string, Held>();
  #bytes = 0;
  #dropped = 0;

  constructor(limits: Partial<TraceStoreLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** The number of traces that are held. */
  get held(): number {
    return this.#traces.size;
  }

  /** The number of traces that have been given up for later ones. */
  get dropped(): number {
    return this.#dropped;
  }

  add(part: TracePart): void {
    let held = this.#traces.get(part.traceId);
    if (!held) {
      held = { bytes: 0, parts: [] };
      this.#traces.set(part.traceId, held);
    }
    if (held.parts.length >= this.#limits.partsOfTrace) return;
    held.parts.push(part);
    held.bytes += part.bytes;
    this.#bytes += part.bytes;
    for (const [traceId, { bytes }] of this.#traces) {
      if (this.#traces.size <= this.#limits.traces && this.#bytes <= this.#limits.bytes) break;
      this.#traces.delete(traceId);
      this.#bytes -= bytes;
      this.#dropped += 1;
    }
  }

  /** Returns the latest traces, the latest first. */
  latest({ limit, errors = false, workload }: TraceFilter): StoredTrace[] {
    const found: StoredTrace[] = [];
    for (const [traceId, { parts }] of [...this.#traces].toReversed()) {
      if (found.length >= limit) break;
      if (errors && !parts.some(({ isError }) => isError)) continue;
      if (workload !== undefined && !parts.some(({ workloads }) => workloads.includes(workload))) continue;
      found.push({ traceId, spans: spansOf(parts) });
    }
    return found;
  }

  /** Returns the trace; undefined when it is not held. */
  find(traceId: string): StoredTrace | undefined {
    const held = this.#traces.get(traceId);
    return held && { traceId, spans: spansOf(held.parts) };
  }
}

function spansOf(parts: readonly TracePart[]): TracedSpan[] {
  return parts.flatMap((part) => part.spans()).toSorted((a, b) => a.timestamp - b.timestamp);
}
