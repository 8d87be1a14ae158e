import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort, systemClock } from '@bookinfo/effects';
import { tableOf } from '@bookinfo/routing/testing';
import { ask, startBackend } from '@bookinfo/testing';
import { ADMIN_SOCKET } from './proxy-file.js';
import { Sidecar } from './sidecar.js';
import { SidecarContainer } from './sidecar-container.js';

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
  const starting = Sidecar.start(folder, (line) => lines.push(line), new AbortController().signal);
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

test('a proxy whose file never comes ends when it is asked to', async () => {
  const stopping = new AbortController();
  const starting = Sidecar.start(folder, () => undefined, stopping.signal);
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
