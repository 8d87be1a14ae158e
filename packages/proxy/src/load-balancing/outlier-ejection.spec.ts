import { expect, test } from 'vitest';
import { deadEndpoint, startBackend, ask, ManualClock } from '@bookinfo/testing';
import { outlierDetectionOf, tableOf } from '@bookinfo/routing/testing';
import { type Endpoint, DEFAULT_RETRY_POLICY } from '@bookinfo/routing';
import { Proxy } from '../listener/proxy.js';

const OUTLIERS = outlierDetectionOf({ consecutive5xx: 2 });

/** A table with round robin and without retries. */
const table = (endpoints: Endpoint[]) =>
  tableOf({
    endpoints,
    cluster: { lbPolicy: { kind: 'ROUND_ROBIN' }, outlierDetection: OUTLIERS },
    action: { retryPolicy: { ...DEFAULT_RETRY_POLICY, numRetries: 0 } },
  });

async function bodies(proxy: Proxy, count: number): Promise<string[]> {
  const all = [];
  for (let each = 0; each < count; each += 1) all.push((await ask(proxy.port)).body);
  return all;
}

test('a pod that fails is ejected until its time is over, also when the table is replaced', async () => {
  await using bad = await startBackend('bad', (_, response) => response.writeHead(500).end('bad'));
  await using good = await startBackend('good');
  const clock = new ManualClock();
  const endpoints = [bad.endpoint, good.endpoint];
  await using proxy = await Proxy.start({ role: 'sidecar', table: table(endpoints), clock });
  expect((await bodies(proxy, 4)).toSorted()).toEqual(['bad', 'bad', 'good', 'good']);
  expect(await bodies(proxy, 3)).toEqual(['good', 'good', 'good']);
  proxy.setTable(table([...endpoints]));
  expect(await bodies(proxy, 3)).toEqual(['good', 'good', 'good']);
  clock.advance(30_000);
  expect((await bodies(proxy, 2)).toSorted()).toEqual(['bad', 'good']);
});

test('when every pod is ejected, there is no healthy upstream', async () => {
  const dead = await deadEndpoint('dead');
  await using proxy = await Proxy.start({ role: 'sidecar', table: table([dead]), clock: new ManualClock() });
  const [first, second, third] = await bodies(proxy, 3);
  expect([first, second]).toEqual(
    Array.from({ length: 2 }, () => expect.stringContaining('connection failure')),
  );
  expect(third).toBe('no healthy upstream');
});
