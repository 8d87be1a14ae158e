import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { existsSync, mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { describe, expect, test, vi } from 'vitest';
import { startBackend, type Backend, ask } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import { envoyExecutable, envoyMissing } from './testing/envoy.js';
import { fullTable } from '../test/full-table.js';
import type { RouteTable } from '@bookinfo/routing';
import { configFiles } from './config-files.js';
import { ConfigFolder } from './config-folder.js';
import { EnvoyProxy } from './envoy-proxy.js';
import type { EnvoyTracing } from './tracing.js';

const start = (table: RouteTable, options = {}): Promise<EnvoyProxy> =>
  EnvoyProxy.start({ role: 'sidecar', table, executable: envoyExecutable(), ...options });

const forwardsTo = ({ endpoint }: Backend): RouteTable =>
  tableOf({ subset: endpoint.pod, endpoints: [endpoint] });

/** A table with an invalid regular expression, which Envoy rejects. */
const invalidTable = tableOf({
  route: {
    match: { path: { kind: 'regex', value: '(', ignoreCase: false }, headers: [], queryParameters: [] },
  },
});

/** Tests whether a process runs; one that has ended and waits for its parent does not. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]);
  return /^[^Z]/.test(String(stdout));
}

test('an executable that does not exist is named in the error', async () => {
  const starting = EnvoyProxy.start({ role: 'sidecar', table: tableOf({}), executable: 'no-such-envoy' });
  await expect(starting).rejects.toThrow('Envoy ended with spawn no-such-envoy ENOENT');
});

describe.skipIf(envoyMissing)('Envoy', () => {
  test('serves the table, logs each request in the format of Istio, and removes its files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bookinfo-test-'));
    vi.stubEnv('TMPDIR', folder);
    await using backend = await startBackend('reviews-v1');
    const log: string[] = [];
    const proxy = await start(tableOf({ endpoints: [backend.endpoint] }), {
      onAccessLog: (line: string) => log.push(line),
    });
    expect(await ask(proxy.port)).toMatchObject({ status: 200, body: 'reviews-v1' });
    await expect
      .poll(() => log.join())
      .toMatch(/"GET \/ HTTP\/1\.1" 200 - via_upstream - "-" 0 10 \d+ \d+ .* default$/);
    await proxy.close();
    expect(readdirSync(folder)).toEqual([]);
    rmdirSync(folder);
    vi.unstubAllEnvs();
    await expect(ask(proxy.port)).rejects.toThrow('ECONNREFUSED');
  });

  test('reports spans under the workload’s name as the table’s settings ask, and passes the trace on', async () => {
    const seen: IncomingHttpHeaders[] = [];
    await using backend = await startBackend('reviews-v1', (request, response) => {
      seen.push(request.headers);
      response.end();
    });
    const spans: Record<string, unknown>[] = [];
    const record = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      spans.push(...((await json(request)) as Record<string, unknown>[]));
      response.writeHead(202).end();
    };
    await using zipkin = await startBackend('zipkin', (request, response) => void record(request, response));
    const tracing: EnvoyTracing = {
      serviceName: 'productpage.default',
      nodeId: 'sidecar~127.0.0.1~productpage-v1.default~default.svc.cluster.local',
      collector: { host: '127.0.0.1', port: zipkin.endpoint.port, path: '/api/v2/spans' },
      sampledShare: 1,
      tags: { 'istio.canonical_revision': 'v1' },
    };
    await using proxy = await start(tableOf({ endpoints: [backend.endpoint] }), { tracing });
    // As many as Envoy sends at once (runtime key tracing.zipkin.min_flush_spans).
    for (let requests = 0; requests < 5; requests += 1) await ask(proxy.port);
    await expect.poll(() => spans.length).toBe(5);
    expect(spans[0]).toMatchObject({
      kind: 'CLIENT',
      name: 'reviews.default.svc.cluster.local:9080/*',
      localEndpoint: { serviceName: 'productpage.default' },
      tags: { 'istio.canonical_revision': 'v1', node_id: tracing.nodeId, 'http.status_code': '200' },
    });
    const ids = spans.map(({ traceId, id }) => [traceId, id]);
    expect(ids).toContainEqual([seen[0]?.['x-b3-traceid'], seen[0]?.['x-b3-spanid']]);

    const table = tableOf({ endpoints: [backend.endpoint] });
    const customTags = [{ tag: 'user', kind: 'header', name: 'end-user', defaultValue: 'none' } as const];
    await proxy.setTable({ ...table, tracing: { customTags } });
    for (let requests = 0; requests < 5; requests += 1) await ask(proxy.port);
    await expect
      .poll(() => spans.slice(5).map(({ tags }) => (tags as { user?: string }).user))
      .toEqual(Array(5).fill('none'));
    await proxy.setTable({ ...table, tracing: { isDisabled: true } });
    await ask(proxy.port);
    expect(seen.at(-1)?.['x-b3-traceid']).toBeUndefined();
  });

  test('applies a new table before setTable resolves, and loses no request meanwhile', async () => {
    await using v1 = await startBackend('v1');
    await using v2 = await startBackend('v2');
    await using proxy = await start(forwardsTo(v1));
    const bodies = new Set<string>();
    const done = new AbortController();
    const requesting = (async () => {
      while (!done.signal.aborted) bodies.add((await ask(proxy.port)).body);
    })();
    for (let count = 1; count < 20; count += 1) {
      await proxy.setTable(forwardsTo(count % 2 === 0 ? v1 : v2));
      expect((await ask(proxy.port)).body).toBe(count % 2 === 0 ? 'v1' : 'v2');
    }
    done.abort();
    await requesting;
    expect([...bodies].toSorted()).toEqual(['v1', 'v2']);
  });

  test('keeps its routes when it rejects new ones, and reports why', async () => {
    await using backend = await startBackend('reviews-v1');
    await using proxy = await start(tableOf({ endpoints: [backend.endpoint] }));
    await expect(proxy.setTable(invalidTable)).rejects.toThrow(
      /Envoy rejects its configuration\n.*update rejected: missing \)/,
    );
    expect((await ask(proxy.port)).body).toBe('reviews-v1');
    await proxy.setTable(tableOf({ endpoints: [] }));
    expect((await ask(proxy.port)).status).toBe(503);
  });

  test('reports that it cannot bind its port', async () => {
    await using backend = await startBackend('reviews-v1');
    const { port } = backend.endpoint;
    await expect(start(tableOf({}), { port })).rejects.toThrow(`cannot bind '127.0.0.1:${port}'`);
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)('ends when %s ends its host', async (signal) => {
    const program = `
      import { tableOf } from '@bookinfo/routing/testing';
      import { EnvoyProxy } from '${new URL('../dist/index.js', import.meta.url).href}';
      const { pid } = await EnvoyProxy.start({
        role: 'sidecar', table: tableOf({}), executable: ${JSON.stringify(envoyExecutable())} });
      console.log(pid);
      setInterval(() => {}, 1000);
    `;
    const host = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(host.stdout, 'data')) as [Buffer];
    const pid = Number(String(line));
    expect(isRunning(pid)).toBe(true);
    host.kill(signal);
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  test('accepts every setting of a table', async () => {
    for (const role of ['sidecar', 'gateway'] as const) await (await start(fullTable(), { role })).close();
    const folder = await ConfigFolder.create();
    const listener = { role: 'sidecar', listenerPort: 80, address: '127.0.0.1', port: 0 } as const;
    const tracing: EnvoyTracing = {
      serviceName: 'full.default',
      nodeId: 'full',
      collector: { host: 'zipkin', port: 9411, path: '/api/v2/spans' },
      sampledShare: 1,
      tags: {},
    };
    const pod = { inboundPort: 9080, adminSocket: join(folder.path, 'admin.sock'), tracing };
    for (const options of [listener, { ...listener, ...pod }]) {
      const files = configFiles(fullTable(), { ...options, hasAccessLog: true }, folder.path);
      await folder.write([
        files.bootstrap,
        files.listeners,
        ...files.routes,
        files.clusters,
        ...files.endpoints,
      ]);
      const validation = spawnSync(envoyExecutable(), ['--mode', 'validate', '-c', files.bootstrap.path]);
      expect(validation.stdout.toString()).toContain('OK');
    }
    await folder.remove();
    expect(existsSync(folder.path)).toBe(false);
  });
});
