import type { AccessLogEntry } from '@bookinfo/proxy';
import { ClusterCounters, RequestMetrics, type Reporter } from '@bookinfo/telemetry';
import { median } from './median.ts';
import { recordedEntry } from './recorded-entry.ts';
import type { Row } from './row.ts';

const ROUNDS = 5;
const REQUESTS = 500_000;
/** Edges of a mesh of sixty workloads, at both ends. */
const LABEL_SETS = 300;

/** The CPU time of counting one request at both its ends, and of one scrape of a mesh of some size. */
export async function measureMetrics(): Promise<Row[]> {
  const entry = await recordedEntry();
  const { workload } = reporter;
  const proxy = new RequestMetrics().ofProxy({ ...reporter, workloadOf: () => workload });
  const counters = new ClusterCounters();
  const count = (): void => {
    for (let request = 0; request < REQUESTS; request += 1) {
      proxy.onRequest(entry);
      counters.onRequest(entry);
    }
  };
  count();
  const counting = Array.from({ length: ROUNDS }, () => cpuMicros(count) / REQUESTS);
  const mesh = meshOf(entry);
  let length = 0;
  const scrape = (): void => {
    length = 0;
    for (const piece of mesh.text()) length += piece.length;
  };
  scrape();
  const scraping = Array.from({ length: ROUNDS }, () => cpuMicros(scrape) / 1000);
  return [
    { what: 'metrics of a request', unit: 'us of CPU', measured: median(counting), goal: { atMost: 1 } },
    { what: `scrape of ${LABEL_SETS} sets of labels`, unit: 'ms', measured: median(scraping) },
    { what: `scrape of ${LABEL_SETS} sets of labels, size`, unit: 'MB', measured: length / 1e6 },
  ];
}

const reporter: Reporter = {
  workload: { workload: 'productpage-v1', namespace: 'default', pod: 'abc', labels: { app: 'productpage' } },
  role: 'sidecar',
  direction: 'outbound',
  workloadOf: () => undefined,
};

function meshOf(entry: AccessLogEntry): RequestMetrics {
  const mesh = new RequestMetrics();
  const proxy = mesh.ofProxy(reporter);
  for (let service = 0; service < LABEL_SETS; service += 1)
    proxy.onRequest({
      ...entry,
      upstreamCluster: `outbound|9080||service-${service}.default.svc.cluster.local`,
    });
  return mesh;
}

function cpuMicros(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
