import { Agent, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { deadEndpoint, startBackend, ask, ManualClock } from '@bookinfo/testing';
import { tableOf, type TableParts } from '@bookinfo/routing/testing';
import { Proxy } from './proxy.js';

test('a new table applies to the next request', async () => {
  await using v1 = await startBackend('reviews-v1');
  await using v2 = await startBackend('reviews-v2');
  await using proxy = await Proxy.start({ role: 'sidecar', table: tableOf({ endpoints: [v1.endpoint] }) });
  expect((await ask(proxy.port)).body).toBe('reviews-v1');
  proxy.setTable(tableOf({ endpoints: [v2.endpoint] }));
  expect((await ask(proxy.port)).body).toBe('reviews-v2');
});

/** Sends a request that a fault delays, replaces the table meanwhile, and returns the response's body. */
async function bodyAfterSwap(before: TableParts, after: TableParts): Promise<string> {
  const clock = new ManualClock();
  const fault = { delay: { percentage: 100, fixedDelayMs: 7000 } };
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ ...before, route: { fault } }),
    clock,
  });
  const asking = ask(proxy.port);
  await clock.waitFor(7000);
  proxy.setTable(tableOf(after));
  clock.advance(7000);
  return (await asking).body;
}

test('a request keeps the route that was found for it', async () => {
  await using v1 = await startBackend('reviews-v1');
  await using v2 = await startBackend('reviews-v2');
  const before = { subset: 'v1', endpoints: [v1.endpoint] };
  expect(await bodyAfterSwap(before, { subset: 'v2', endpoints: [v2.endpoint] })).toBe('reviews-v1');
});

test('a delayed request is sent to an endpoint of the current table', async () => {
  await using replacement = await startBackend('replacement');
  const before = { endpoints: [await deadEndpoint('gone')] };
  expect(await bodyAfterSwap(before, { endpoints: [replacement.endpoint] })).toBe('replacement');
});

test('connections to an endpoint that is gone are closed, one in use after its response', async () => {
  const held: ServerResponse[] = [];
  await using v1 = await startBackend('reviews-v1', (request, response) => {
    if (request.url === '/held') held.push(response);
    else response.end('reviews-v1');
  });
  await using v2 = await startBackend('reviews-v2');
  const connections = promisify(v1.server.getConnections.bind(v1.server));
  await using proxy = await Proxy.start({ role: 'sidecar', table: tableOf({ endpoints: [v1.endpoint] }) });
  const asking = ask(proxy.port, { url: 'http://reviews:9080/held' });
  await expect.poll(() => held.length).toBe(1);
  await ask(proxy.port);
  expect(await connections()).toBe(2);
  proxy.setTable(tableOf({ endpoints: [v2.endpoint] }));
  await expect.poll(() => connections()).toBe(1);
  held[0]?.end('late');
  expect((await asking).body).toBe('late');
  await expect.poll(() => connections()).toBe(0);
});

test('no request is lost while tables are replaced and endpoints come and go under load', async () => {
  await using v1 = await startBackend('reviews-v1', (_, response) => {
    setTimeout(() => response.end('reviews-v1'), 5);
  });
  await using v2 = await startBackend('reviews-v2');
  const both = [v1.endpoint, v2.endpoint];
  await using proxy = await Proxy.start({ role: 'sidecar', table: tableOf({ endpoints: both }) });
  const agent = new Agent({ keepAlive: true });
  const seen: Record<string, number> = {};
  const load = { remaining: 2000 };
  const client = async () => {
    while (load.remaining > 0) {
      load.remaining -= 1;
      const { status, body } = await ask(proxy.port, { agent });
      seen[`${status} ${body}`] = (seen[`${status} ${body}`] ?? 0) + 1;
    }
  };
  const swapper = async () => {
    for (let turn = 0; load.remaining > 0; turn += 1) {
      const endpoints = [both, [v1.endpoint], [v2.endpoint]][turn % 3] ?? both;
      proxy.setTable(tableOf({ endpoints: endpoints.map((endpoint) => ({ ...endpoint })) }));
      await ask(proxy.port, { agent });
    }
  };
  await Promise.all([swapper(), ...Array.from({ length: 32 }, client)]);
  expect(Object.keys(seen).toSorted()).toEqual(['200 reviews-v1', '200 reviews-v2']);
  expect(Object.values(seen).reduce((sum, count) => sum + count, 0)).toBe(2000);
  agent.destroy();
});

test('an endpoint that leaves the table and then stops loses no request', async () => {
  await using staying = await startBackend('staying');
  const leaving = await startBackend('leaving', (_, response) => {
    setTimeout(() => response.end('leaving'), 50);
  });
  const table = tableOf({
    endpoints: [staying.endpoint, leaving.endpoint],
    cluster: { lbPolicy: { kind: 'ROUND_ROBIN' } },
  });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  const asking = Array.from({ length: 20 }, () => ask(proxy.port));
  await once(leaving.server, 'request');
  proxy.setTable(tableOf({ endpoints: [staying.endpoint] }));
  const responses = await Promise.all([...asking, ask(proxy.port)]);
  await new Promise((resolve) => leaving.server.close(resolve));
  expect(new Set(responses.map((answer) => answer.status))).toEqual(new Set([200]));
  expect(responses.at(-1)?.body).toBe('staying');
});
