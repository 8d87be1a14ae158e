import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@bookinfo/effects';
import { root } from '../../support/repository.ts';
import { until } from '../../support/until.ts';

/** The scrape configuration that is shipped, for a mesh on its default port. */
export const SCRAPE_CONFIGURATION = join(root, 'deploy/telemetry/prometheus/prometheus.yml');
const DEFAULT_TARGET = 'localhost:15090';

/** True when Prometheus is missing, which is reported once. With CI set that is an error. */
export const prometheusMissing =
  spawnSync('prometheus', ['--version']).error !== undefined && process.env['CI'] !== 'true';

if (prometheusMissing)
  process.stderr.write(
    'skipping what Prometheus scrapes: no prometheus on the PATH (Debian: apt-get install prometheus)\n',
  );

/** One series of the result of a query. */
export interface Sample {
  metric: Record<string, string>;
  value: number;
}

/** A Prometheus that scrapes a mesh by the shipped configuration, each second. */
export class Prometheus implements AsyncDisposable {
  readonly #url: string;
  readonly #end: () => Promise<void>;

  /** Starts one, and resolves when it has scraped the telemetry endpoint at this port. */
  static async start(telemetryPort: number): Promise<Prometheus> {
    const folder = await mkdtemp(join(tmpdir(), 'bookinfo-prometheus-'));
    const shipped = await readFile(SCRAPE_CONFIGURATION, 'utf8');
    const configuration = join(folder, 'prometheus.yml');
    const own = shipped
      .replace(DEFAULT_TARGET, `localhost:${telemetryPort}`)
      .replace(/interval: 5s/, 'interval: 1s');
    await writeFile(configuration, own);
    const port = await freePort();
    const args = [
      `--config.file=${configuration}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ];
    const program = spawn('prometheus', args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const ended = once(program, 'close');
    const prometheus = new Prometheus(`http://127.0.0.1:${port}`, async () => {
      program.kill();
      await ended;
      await rm(folder, { recursive: true });
    });
    await until('Prometheus scrapes the mesh', async () => {
      if (program.exitCode !== null) throw new Error(`prometheus ended with exit code ${program.exitCode}`);
      const up = await prometheus.query('up').catch(() => []);
      return up.some(({ value }) => value === 1);
    });
    return prometheus;
  }

  private constructor(url: string, end: () => Promise<void>) {
    this.#url = url;
    this.#end = end;
  }

  /**
   * Returns the result of a query that is a vector.
   * @throws {Error} with what Prometheus says against the query.
   */
  async query(expression: string): Promise<Sample[]> {
    const answer = await fetch(`${this.#url}/api/v1/query?${new URLSearchParams({ query: expression })}`);
    const { data, error } = (await answer.json()) as {
      data?: { result: { metric: Record<string, string>; value: [number, string] }[] };
      error?: string;
    };
    if (!data) throw new Error(`${expression}: ${error}`);
    return data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#end();
  }
}
