import { deepStrictEqual } from 'node:assert/strict';
import { freePort } from '@bookinfo/effects';
import { AdminClient } from '@bookinfo/mesh';
import type { Span } from '@bookinfo/telemetry';
import { vi } from 'vitest';
import { outputHas, type Running, start } from '../../support/run.ts';
import { rulesOfTest, sourceOf, STARTING_RULES } from '../../support/sources.ts';
import { drawnTrace } from './drawn-trace.ts';
import type { Zipkin } from './zipkin.ts';

/** Ends a wait for a trace that never comes. */
const HANG_MS = 60_000;

/** A mesh of its own, whose proxies report to Zipkin. */
export class ReportingMesh implements AsyncDisposable {
  readonly #zipkin: Zipkin;
  readonly #up: Running;
  readonly #admin: AdminClient;
  readonly #pageUrl: string;
  #views = 0;

  /** Starts `bookinfo up` with these arguments too; resolves when it serves the page. */
  static async start(zipkin: Zipkin, args: readonly string[]): Promise<ReportingMesh> {
    const [port, adminPort] = [await freePort(), await freePort()];
    const ports = ['--port', `${port}`, '--admin-port', `${adminPort}`, '--telemetry-port', '0'];
    const up = start('packages/cli/bin/bookinfo.js', ['up', ...ports, '--zipkin', zipkin.url, ...args]);
    const pageUrl = `http://localhost:${port}/productpage`;
    await outputHas(up, pageUrl);
    return new ReportingMesh(zipkin, up, new AdminClient(adminPort), pageUrl);
  }

  private constructor(zipkin: Zipkin, up: Running, admin: AdminClient, pageUrl: string) {
    this.#zipkin = zipkin;
    this.#up = up;
    this.#admin = admin;
    this.#pageUrl = pageUrl;
  }

  /** Views the page under the rules, and returns its traces once they have this tree. */
  async tracesOf(rules: string, tree: string): Promise<Span[][]> {
    const files = [rulesOfTest(rules)];
    await this.#admin.apply(files);
    this.#views += 1;
    const agent = `view ${this.#views}`;
    await (await fetch(this.#pageUrl, { headers: { 'user-agent': agent } })).text();
    let traces: Span[][] = [];
    // Envoy sends its spans every five seconds.
    await vi.waitFor(
      async () => {
        traces = await this.#zipkin.tracesWith('user_agent', agent);
        deepStrictEqual(drawnTrace(traces.flat()), tree.trim().split('\n'));
      },
      { timeout: HANG_MS, interval: 100 },
    );
    await this.#admin.delete(files);
    await this.#admin.apply(STARTING_RULES.map(sourceOf));
    return traces;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#up.process.kill('SIGINT');
    await this.#up.finished;
  }
}
