// A sidecar of the embedded proxy as a process, with one backend. With a third argument it reports metrics, and its spans to that port.
import { systemClock } from '@bookinfo/effects';
import { type AccessLogEntry, Proxy, type Tracing } from '@bookinfo/proxy';
import {
  ClusterCounters,
  RequestMetrics,
  SpanExporter,
  spansOfRequest,
  type Reporter,
  type WorkloadIdentity,
  zipkinCollector,
} from '@bookinfo/telemetry';
import { sidecarTable } from './sidecar-table.ts';

const [port = 0, backendPort = 0, collectorPort] = process.argv.slice(2).map(Number);

await Proxy.start({
  role: 'sidecar',
  table: sidecarTable(backendPort),
  port,
  ...(collectorPort !== undefined && reporting(collectorPort)),
});

/** Returns what `bookinfo up --zipkin` has its proxies report. */
function reporting(zipkinPort: number): { tracing: Tracing; onAccess: (entry: AccessLogEntry) => void } {
  const details = workload('details');
  const reporter: Reporter = {
    workload: workload('productpage'),
    role: 'sidecar',
    direction: 'outbound',
    workloadOf: () => details,
  };
  const metrics = new RequestMetrics().ofProxy(reporter);
  const counters = new ClusterCounters();
  const collector = zipkinCollector(new URL(`http://127.0.0.1:${zipkinPort}`));
  const exporter = new SpanExporter({ ...collector, clock: systemClock, onOutage });
  const timeOrigin = Date.now() - systemClock.now();
  return {
    tracing: { sampledShare: 1, serverSpan: 'own' },
    onAccess: (entry) => {
      metrics.onRequest(entry);
      counters.onRequest(entry);
      for (const span of spansOfRequest(entry, reporter, { timeOrigin })) exporter.add(span);
    },
  };
}

function workload(app: string): WorkloadIdentity {
  return {
    workload: `${app}-v1`,
    namespace: 'default',
    pod: `${app}-v1-abc`,
    labels: { app, version: 'v1' },
  };
}

function onOutage(reason: string): never {
  throw new Error(reason);
}
