import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@bookinfo/effects';
import type { Span } from '@bookinfo/telemetry';
import { until } from '../../support/until.ts';

const [JAR] = globSync(join(import.meta.dirname, 'zipkin-server/lib/*.jar'));

/** A call between two services, as Zipkin's dependency graph has it. */
export interface Edge {
  parent: string;
  child: string;
  callCount: number;
  errorCount?: number;
}

/** A Zipkin that keeps its spans in memory. */
export interface Zipkin extends AsyncDisposable {
  url: string;
  /** Returns the traces with a span that has the tag. */
  tracesWith: (tag: string, value: string) => Promise<Span[][]>;
  dependencies: () => Promise<Edge[]>;
}

/**
 * Tests whether Zipkin is missing, for `describe.skipIf`; prints how to install it.
 * @throws {Error} when it is missing under CI=true, where no test may be skipped.
 */
export function lacksZipkin(): boolean {
  if (JAR !== undefined && spawnSync('java', ['-version']).error === undefined) return false;
  const hint = 'Zipkin is not installed; run .ci/install-test-tools';
  if (process.env['CI'] === 'true') throw new Error(hint);
  process.stderr.write(`skipping tests: ${hint}\n`);
  return true;
}

/** Starts Zipkin on a free port; resolves when it takes spans. */
export async function startZipkin(): Promise<Zipkin> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { PATH } = process.env;
  const env = { PATH, QUERY_PORT: String(port), SELF_TRACING_ENABLED: 'false' };
  const server = spawn('java', ['-Xmx256m', '-jar', String(JAR)], { env, stdio: 'ignore' });
  const api = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${url}/api/v2/${path}`)).json()) as T;
  await until('Zipkin is healthy', () =>
    fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return {
    url,
    tracesWith: (tag, value) =>
      api(`traces?limit=1000&annotationQuery=${encodeURIComponent(`${tag}=${value}`)}`),
    dependencies: () => api(`dependencies?endTs=${Date.now()}&lookback=3600000`),
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await once(server, 'exit');
    },
  };
}
