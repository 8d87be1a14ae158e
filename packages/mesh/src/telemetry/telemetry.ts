import type { Clock } from '@bookinfo/effects';
import type { Tracing } from '@bookinfo/proxy';
import { endpointKey } from '@bookinfo/routing';
import {
  type Collector,
  type GraphEdge,
  graphEdges,
  partOfCopy,
  partOfRequest,
  partOfSpan,
  podOf,
  type Reporter,
  RuleHits,
  RequestMetrics,
  requestOfLine,
  requestOfSpan,
  type Span,
  SpanExporter,
  SpanPairs,
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
  /**
   * The URL of Zipkin's API at the telemetry endpoint, for proxies whose requests this process sees by their spans alone. Default: the
   * proxies run here, and so do those of the access log.
   */
  collectorUrl?: string;
  /** Called with a sentence when a collector begins to fail. */
  onOutage?: (reason: string) => void;
}

/** What the proxies of a mesh report of their requests. */
export class Telemetry {
  readonly #tracing: Tracing;
  readonly #exporters: readonly SpanExporter[];
  /** True when spans are all that is seen of requests. */
  readonly isFromSpans: boolean;
  /** Where proxies in other processes report. */
  #collectorUrl: string | undefined;
  readonly #pairs: SpanPairs;
  readonly #timeOrigin: number;
  readonly #traffic: TrafficWindow;
  readonly traces = new TraceStore();
  readonly hits = new RuleHits();
  readonly metrics = new RequestMetrics();
  #byAddress = new Map<string, WorkloadIdentity>();
  #byPod = new Map<string, WorkloadIdentity>();

  constructor(
    {
      collectors = [],
      sampledShare = 1,
      sharedSpans = false,
      collectorUrl,
      onOutage = () => undefined,
    }: TelemetryOptions,
    clock: Clock,
  ) {
    this.isFromSpans = collectorUrl !== undefined;
    this.#pairs = new SpanPairs(
      () => clock.now(),
      (client, server) => this.#countSpan(client, server),
    );
    this.#tracing = { sampledShare, serverSpan: sharedSpans ? 'shared' : 'own' };
    this.#exporters = collectors.map((collector) => new SpanExporter({ ...collector, clock, onOutage }));
    this.#traffic = new TrafficWindow(clock);
    this.#collectorUrl = collectorUrl ?? collectors.find(({ kind }) => kind === 'zipkin')?.url.href;
    this.#timeOrigin = clock.date().getTime() - clock.now();
  }

  /** Returns what the outbound proxy of a workload, or a gateway, reports to. */
  ofProxy(workload: WorkloadIdentity, role: Reporter['role']): ProxyTelemetry {
    const reporter: Reporter = {
      workload,
      role,
      direction: 'outbound',
      workloadOf: (endpoint) => this.#byAddress.get(endpointKey(endpoint)),
    };
    const options = { timeOrigin: this.#timeOrigin };
    const { sampledShare } = this.#tracing;
    const metrics = this.metrics.ofProxy(reporter);
    return {
      ...(this.#collectorUrl !== undefined && {
        reporting: { workload, role, zipkin: this.#collectorUrl, sampledShare },
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

  /** Lets the proxies that are opened from now on report to the telemetry endpoint on this port of this machine. */
  collectAt(port: number): void {
    if (!this.isFromSpans) this.#collectorUrl = `http://127.0.0.1:${port}/api/v2/spans`;
  }

  /** Takes spans of proxies in other processes. */
  receive(spans: readonly Span[]): void {
    this.#export(() => spans);
    for (const span of spans) {
      this.traces.add(partOfSpan(span, this.#workloadOfSpan(span)));
      if (this.isFromSpans) this.#pairs.add(span);
    }
  }

  /** Returns the edges of the graph of the last minute. */
  edges(): GraphEdge[] {
    this.#pairs.giveUp();
    return graphEdges(this.#traffic);
  }

  /** Replaces the pods that endpoints and spans are recognised by. */
  setPods(pods: readonly PodStatus[]): void {
    this.#byAddress = new Map();
    this.#byPod = new Map();
    for (const { address, name, namespace, deployment, labels } of pods) {
      const workload = { workload: deployment, namespace, pod: name, labels };
      this.#byPod.set(`${namespace}/${name}`, workload);
      if (address !== undefined) this.#byAddress.set(address, workload);
    }
  }

  /** Sends the spans that wait, for at most `graceMs`. */
  async close(graceMs: number): Promise<void> {
    await Promise.all(this.#exporters.map((exporter) => exporter.close(graceMs)));
  }

  #countSpan(client: Span, server: Span | undefined): void {
    const workload = this.#workloadOfSpan(client);
    const called = server && this.#workloadOfSpan(server);
    this.#traffic.record(requestOfSpan(client, called !== undefined), {
      workload,
      role: client.tags['node_id']?.startsWith('router~') ? 'gateway' : 'sidecar',
      direction: 'outbound',
      workloadOf: () => called,
    });
  }

  /** A span names its pod; a gateway, and a pod that is not known here any more, is a workload of that name. */
  #workloadOfSpan(span: Span): WorkloadIdentity {
    const { pod, namespace } = podOf(span) ?? { pod: span.localEndpoint.serviceName, namespace: 'unknown' };
    const known = this.#byPod.get(`${namespace}/${pod}`);
    return known ?? { workload: pod, namespace, pod, labels: {} };
  }

  #export(spans: () => readonly Span[]): void {
    if (this.#exporters.length === 0) return;
    for (const span of spans()) for (const exporter of this.#exporters) exporter.add(span);
  }
}
