import { systemClock } from '@bookinfo/effects';
import type { AccessLogEntry, ProxyOptions } from '@bookinfo/proxy';
import {
  type Reporter,
  type Span,
  SpanExporter,
  spansOfCopy,
  spansOfRequest,
  zipkinCollector,
} from '@bookinfo/telemetry';
import type { SpanReporting } from '../telemetry/span-reporting.js';

/** The spans of the proxies in one container. */
export class SidecarSpans {
  readonly #reporting: SpanReporting;
  readonly #exporter: SpanExporter;

  /** `onOutage` is called with a sentence when the collector begins to fail. */
  constructor(reporting: SpanReporting, onOutage: (reason: string) => void) {
    this.#reporting = reporting;
    const collector = zipkinCollector(new URL(reporting.zipkin));
    this.#exporter = new SpanExporter({ ...collector, clock: systemClock, onOutage });
  }

  /** Returns the options of the proxy on one side of the pod; `onAccess` is called for each request too. */
  ofProxy(
    direction: Reporter['direction'],
    onAccess: (entry: AccessLogEntry) => void,
  ): Pick<ProxyOptions, 'tracing' | 'onAccess' | 'onMirrored'> {
    const { workload, role, sampledShare } = this.#reporting;
    // Each pod has an inbound proxy, which reports its end.
    const reporter: Reporter = { workload, role, direction, workloadOf: () => undefined };
    const options = { timeOrigin: performance.timeOrigin };
    return {
      tracing: { sampledShare, serverSpan: 'none' },
      onAccess: (entry) => {
        this.#add(spansOfRequest(entry, reporter, options));
        onAccess(entry);
      },
      onMirrored: (copy) => this.#add(spansOfCopy(copy, reporter, options)),
    };
  }

  /** Sends the spans that wait, for at most `graceMs`. */
  close(graceMs: number): Promise<void> {
    return this.#exporter.close(graceMs);
  }

  #add(spans: readonly Span[]): void {
    for (const span of spans) this.#exporter.add(span);
  }
}
