import { readFile, rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RouteTable } from '@bookinfo/routing';
import { parseProxyFile, PROXY_FILE } from '../containers/proxy-file.js';
import { containerDataPlane } from './container-data-plane.js';

const tableWith = (unmatchedHost: RouteTable['unmatchedHost']): RouteTable => ({
  routeConfigurations: new Map(),
  clusters: new Map(),
  unmatchedHost,
});

test('no file is written before the data plane begins; then each proxy has its latest table', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bookinfo-'));
  const dataPlane = containerDataPlane({ proxy: 'embedded', folder, executable: 'envoy' });
  const written = () => readFile(join(folder, 'reviews-v1', PROXY_FILE), 'utf8');
  const proxy = await dataPlane.open({
    name: 'reviews-v1',
    role: 'sidecar',
    table: tableWith('block'),
    port: 0,
    onEnd: () => undefined,
  });
  await proxy.setTable(tableWith('not-found'));
  await expect(written()).rejects.toThrow('ENOENT');
  await dataPlane.begin();
  expect(parseProxyFile(await written()).table.unmatchedHost).toBe('not-found');
  await proxy.setTable(tableWith('passthrough'));
  expect(parseProxyFile(await written()).table.unmatchedHost).toBe('passthrough');
  await rm(folder, { recursive: true });
});
