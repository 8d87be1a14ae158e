import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort, systemClock } from '@bookinfo/effects';
import { tableOf } from '@bookinfo/routing/testing';
import type { Span } from '@bookinfo/telemetry';
import { ask, startBackend } from '@bookinfo/testing';
import { ADMIN_SOCKET } from './proxy-file.js';
import { Sidecar } from './sidecar.js';
import { SidecarContainer } from './sidecar-container.js';

const QUIET = { onAccessLog: () => undefined, onOutage: () => undefined };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bookinfo-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a proxy in a container begins when its file is there, and has a new one in force when the write resolves', async () => {
  await using v1 = await startBackend('v1');
  await using v2 = await startBackend('v2');
  const container = new SidecarContainer(folder, systemClock);
  const port = await freePort();
  const lines: string[] = [];
  const starting = Sidecar.start(
    folder,
    { onAccessLog: (line) => lines.push(line), onOutage: () => undefined },
    new AbortController().signal,
  );
  const tableTo = (backend: typeof v1) => ({
    role: 'gateway' as const,
    port,
    listenerPort: 9080,
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  await container.write(tableTo(v1));
  const sidecar = await starting;
  const answer = async () => (await ask(port, { path: '/', headers: { host: 'reviews' } })).body;
  expect(await answer()).toBe('v1');
  for (const backend of [v2, v1, v2]) {
    await container.write(tableTo(backend));
    expect(await answer()).toBe(backend.endpoint.pod);
  }
  await sidecar.close(0);
  await container.write(tableTo(v1));
  expect(lines).toHaveLength(4);
});

test('a proxy in a container reports its spans to the Zipkin of its file, the last ones at its end', async () => {
  await using reviews = await startBackend('v1');
  const spans: Span[] = [];
  const record = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    spans.push(...((await json(incoming)) as Span[]));
    response.writeHead(202).end();
  };
  await using zipkin = await startBackend('zipkin', (incoming, response) => void record(incoming, response));
  const container = new SidecarContainer(folder, systemClock);
  const port = await freePort();
  await container.write({
    role: 'gateway',
    port,
    listenerPort: 9080,
    reporting: {
      role: 'gateway',
      workload: { workload: 'ingress', namespace: 'istio-system', pod: 'ingress', labels: {} },
      zipkin: `http://127.0.0.1:${zipkin.endpoint.port}`,
      sampledShare: 1,
    },
    table: tableOf({ endpoints: [reviews.endpoint] }),
  });
  const sidecar = await Sidecar.start(folder, QUIET, new AbortController().signal);
  await ask(port, { path: '/', headers: { host: 'reviews' } });
  await sidecar.close(0);
  expect(spans).toMatchObject([
    {
      kind: 'CLIENT',
      localEndpoint: { serviceName: 'ingress.istio-system' },
      tags: { 'http.status_code': '200' },
    },
  ]);
});

test('a proxy whose file never comes ends when it is asked to', async () => {
  const stopping = new AbortController();
  const starting = Sidecar.start(folder, QUIET, stopping.signal);
  stopping.abort();
  await expect(starting).rejects.toThrow('aborted');
});

test('a proxy that ends while it tells its version counts as one that does not run', async () => {
  const dying = createServer((socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 64\r\n\r\nhalf')),
  );
  await new Promise<void>((resolve) => dying.listen(join(folder, ADMIN_SOCKET), resolve));
  const table = tableOf({ endpoints: [] });
  const container = new SidecarContainer(folder, systemClock);
  await expect(container.write({ role: 'gateway', port: 1, table })).resolves.toBeUndefined();
  await new Promise((resolve) => dying.close(resolve));
});
