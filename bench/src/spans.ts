import { join } from 'node:path';
import { freePort, systemClock } from '@bookinfo/effects';
import type { AccessLogEntry } from '@bookinfo/proxy';
import {
  type Collector,
  type Reporter,
  SpanExporter,
  spansOfRequest,
  zipkinCollector,
} from '@bookinfo/telemetry';
import { median } from './median.ts';
import { startProgram } from './program.ts';
import { recordedEntry } from './recorded-entry.ts';
import type { Row } from './row.ts';

const ROUNDS = 21;
/** Their spans are fewer than those that the queue of an exporter holds. */
const REQUESTS = 4000;
const HANG_MS = 60_000;

/** The CPU time of a span: it is made from the record of its request, and sent to Zipkin's collector. */
export async function measureSpans(): Promise<Row[]> {
  const entry = await recordedEntry();
  const port = await freePort();
  await using _collector = await startProgram(port, join(import.meta.dirname, 'backends.ts'), [String(port)]);
  const collector = zipkinCollector(new URL(`http://127.0.0.1:${port}`));
  await round(entry, collector);
  const rounds: number[] = [];
  for (let each = 0; each < ROUNDS; each += 1) rounds.push(await round(entry, collector));
  return [
    { what: 'a span, made and sent', unit: 'us of CPU', measured: median(rounds), goal: { atMost: 15 } },
  ];
}

/** Returns the CPU time for each span, in microseconds. */
async function round(entry: AccessLogEntry, collector: Collector): Promise<number> {
  const exporter = new SpanExporter({ ...collector, clock: systemClock, onOutage: () => undefined });
  const options = { timeOrigin: performance.timeOrigin };
  const before = process.cpuUsage();
  for (let request = 0; request < REQUESTS; request += 1)
    for (const span of spansOfRequest(entry, reporter, options)) exporter.add(span);
  await exporter.close(HANG_MS);
  const { user, system } = process.cpuUsage(before);
  if (exporter.dropped > 0) throw new Error(`${exporter.dropped} spans were not taken by the collector`);
  return (user + system) / exporter.sent;
}

const workload = (app: string) => ({
  workload: `${app}-v1`,
  namespace: 'default',
  pod: `${app}-v1-abc`,
  labels: { app, version: 'v1' },
});

const reporter: Reporter = {
  workload: workload('productpage'),
  role: 'sidecar',
  direction: 'outbound',
  workloadOf: () => workload('details'),
};
