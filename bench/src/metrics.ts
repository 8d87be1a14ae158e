import { get } from 'node:http';
import { join } from 'node:path';
import { type AccessLogEntry, Proxy } from '@bookinfo/proxy';
import { ClusterCounters, RequestMetrics, type Reporter } from '@bookinfo/telemetry';
import { freePort } from '@bookinfo/effects';
import { median } from './median.ts';
import { startProgram } from './program.ts';
import type { Row } from './row.ts';
import { sidecarTable } from './sidecar-table.ts';

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

/** Returns the record of a real request. */
async function recordedEntry(): Promise<AccessLogEntry> {
  const backendPort = await freePort();
  const script = join(import.meta.dirname, 'backends.ts');
  await using _backend = await startProgram(backendPort, script, [String(backendPort)]);
  const recorded = Promise.withResolvers<AccessLogEntry>();
  const table = sidecarTable(backendPort);
  await using sidecar = await Proxy.start({ role: 'sidecar', table, onAccess: recorded.resolve });
  get({ port: sidecar.port, path: '/details/0', headers: { host: 'details:9080' } }, (response) =>
    response.resume(),
  );
  return await recorded.promise;
}

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
