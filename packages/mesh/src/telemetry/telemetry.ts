import type { Clock } from '@bookinfo/effects';
import type { Tracing } from '@bookinfo/proxy';
import { endpointKey } from '@bookinfo/routing';
import {
  type Collector,
  type GraphEdge,
  graphEdges,
  partOfCopy,
  partOfRequest,
  type Reporter,
  RuleHits,
  RequestMetrics,
  requestOfLine,
  type Span,
  SpanExporter,
  spansOfCopy,
  spansOfRequest,
  TraceStore,
  TrafficWindow,
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
  readonly #zipkin: string | undefined;
  readonly #timeOrigin: number;
  readonly #traffic: TrafficWindow;
  readonly traces = new TraceStore();
  readonly hits = new RuleHits();
  readonly metrics = new RequestMetrics();
  #pods = new Map<string, WorkloadIdentity>();

  constructor(
    { collectors = [], sampledShare = 1, sharedSpans = false, onOutage = () => undefined }: TelemetryOptions,
    clock: Clock,
  ) {
    this.#tracing = { sampledShare, serverSpan: sharedSpans ? 'shared' : 'own' };
    this.#exporters = collectors.map((collector) => new SpanExporter({ ...collector, clock, onOutage }));
    this.#traffic = new TrafficWindow(clock);
    this.#zipkin = collectors.find(({ kind }) => kind === 'zipkin')?.url.href;
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
    const { sampledShare } = this.#tracing;
    const metrics = this.metrics.ofProxy(reporter);
    return {
      ...(this.#zipkin !== undefined && {
        reporting: { workload, role, zipkin: this.#zipkin, sampledShare },
      }),
      tracing: this.#tracing,
      onRequest: (entry) => {
        metrics.onRequest(entry);
        this.#export(() => spansOfRequest(entry, reporter, options));
        this.#traffic.record(entry, reporter);
        const { rule } = entry.decision?.lookup.route ?? {};
        if (rule) this.hits.count(rule);
        const part = partOfRequest(entry, reporter, options);
        if (part) this.traces.add(part);
      },
      onMirrored: (copy) => {
        metrics.onMirrored(copy);
        this.#export(() => spansOfCopy(copy, reporter, options));
        this.#traffic.recordCopy(copy, reporter);
        const part = partOfCopy(copy, reporter, options);
        if (part) this.traces.add(part);
      },
      onAccessLine: (line) => {
        const request = requestOfLine(line);
        if (!request) return;
        metrics.onRequest(request);
        this.#traffic.record(request, reporter);
      },
    };
  }

  /** Returns the edges of the graph of the last minute. */
  edges(): GraphEdge[] {
    return graphEdges(this.#traffic);
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

  #export(spans: () => readonly Span[]): void {
    if (this.#exporters.length === 0) return;
    for (const span of spans()) for (const exporter of this.#exporters) exporter.add(span);
  }
}
