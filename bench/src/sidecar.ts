import { join } from 'node:path';
import { compare, type Target } from './compare.ts';
import { startEnvoy } from './envoy.ts';
import { freePort } from '@bookinfo/effects';
import { startProgram, type Program } from './program.ts';
import type { Row } from './row.ts';
import { sidecarTable } from './sidecar-table.ts';

const script = (name: string) => join(import.meta.dirname, name);

const REQUESTS = 2000;

const target = ({ url, pid }: Program): Target => ({
  url: `${url}/details/0`,
  headers: { host: 'details:9080' },
  pid,
});

/** Compares one hop through the embedded sidecar with one through Envoy, to the same backend; no rows without Envoy. */
export async function measureSidecar(): Promise<Row[]> {
  const [backendPort, sidecarPort, reportingPort] = [await freePort(), await freePort(), await freePort()];
  const ports = [String(sidecarPort), String(backendPort)];
  await using _backend = await startProgram(backendPort, script('backends.ts'), [String(backendPort)]);
  await using sidecar = await startProgram(sidecarPort, script('sidecar-program.ts'), ports);
  const reporting = [String(reportingPort), String(backendPort), String(backendPort)];
  await using reporter = await startProgram(reportingPort, script('sidecar-program.ts'), reporting);
  await using envoy = await startEnvoy(sidecarTable(backendPort));
  if (!envoy) return [];

  const load = await compare(
    { sidecar: target(sidecar), reporter: target(reporter), envoy: target(envoy) },
    REQUESTS,
  );
  return [
    {
      what: 'embedded sidecar, one hop',
      unit: 'requests/s of CPU',
      measured: load.sidecar.perCpuSecond,
      comparedWith: { what: 'Envoy', measured: load.envoy.perCpuSecond },
      goal: { atLeast: 0.8 },
    },
    {
      what: 'embedded sidecar with metrics and spans',
      unit: 'requests/s of CPU',
      measured: load.reporter.perCpuSecond,
      comparedWith: { what: 'Envoy without', measured: load.envoy.perCpuSecond },
    },
    {
      what: 'embedded sidecar, p99',
      unit: 'ms',
      measured: load.sidecar.p99Ms,
      comparedWith: { what: 'Envoy', measured: load.envoy.p99Ms },
      goal: { atMost: 2 },
    },
  ];
}
