import type { Clock } from '@bookinfo/effects';
import type { Tracing } from '@bookinfo/proxy';
import { endpointKey } from '@bookinfo/routing';
import {
  type Collector,
  type Reporter,
  type Span,
  SpanExporter,
  spansOfCopy,
  spansOfRequest,
  type WorkloadIdentity,
} from '@bookinfo/telemetry';
import type { PodStatus } from '../runtime/pod-status.js';
import type { ProxyTelemetry } from './proxy-telemetry.js';

export interface TelemetryOptions {
  /** Where spans are sent. Default: nowhere. */
  collectors?: readonly Collector[];
  /** The share of traces that is sampled, 0 to 1. Default 1. */
  sampledShare?: number;
  /** True gives the spans of both ends of a request the same id (Envoy: shared_span_context). Default false. */
  sharedSpans?: boolean;
  /** Called with a sentence when a collector begins to fail. */
  onOutage?: (reason: string) => void;
}

/** What the proxies of a mesh report of their requests. */
export class Telemetry {
  readonly #tracing: Tracing;
  readonly #exporters: readonly SpanExporter[];
  readonly #timeOrigin: number;
  #pods = new Map<string, WorkloadIdentity>();

  constructor(
    { collectors = [], sampledShare = 1, sharedSpans = false, onOutage = () => undefined }: TelemetryOptions,
    clock: Clock,
  ) {
    this.#tracing = { sampledShare, serverSpan: sharedSpans ? 'shared' : 'own' };
    this.#exporters = collectors.map((collector) => new SpanExporter({ ...collector, clock, onOutage }));
    this.#timeOrigin = clock.date().getTime() - clock.now();
  }

  /** Returns what the outbound proxy of a workload, or a gateway, reports to. */
  ofProxy(workload: WorkloadIdentity, role: Reporter['role']): ProxyTelemetry {
    const reporter: Reporter = {
      workload,
      role,
      direction: 'outbound',
      workloadOf: (endpoint) => this.#pods.get(endpointKey(endpoint)),
    };
    const options = { timeOrigin: this.#timeOrigin };
    return {
      tracing: this.#tracing,
      onRequest: (entry) => this.#export(spansOfRequest(entry, reporter, options)),
      onMirrored: (copy) => this.#export(spansOfCopy(copy, reporter, options)),
    };
  }

  /** Replaces the pods that endpoints are recognised by. */
  setPods(pods: readonly PodStatus[]): void {
    this.#pods = new Map(
      pods.flatMap(({ address, name, namespace, deployment, labels }) =>
        address === undefined ? [] : [[address, { workload: deployment, namespace, pod: name, labels }]],
      ),
    );
  }

  /** Sends the spans that wait, for at most `graceMs`. */
  async close(graceMs: number): Promise<void> {
    await Promise.all(this.#exporters.map((exporter) => exporter.close(graceMs)));
  }

  #export(spans: readonly Span[]): void {
    for (const exporter of this.#exporters) for (const span of spans) exporter.add(span);
  }
}
