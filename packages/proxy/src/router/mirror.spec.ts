import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { deadEndpoint, startBackend, startTcpBackend, ask, ManualClock } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import {
  type Cluster,
  type Endpoint,
  DEFAULT_RETRY_POLICY,
  type ForwardAction,
  type RequestMirrorPolicy,
  type RouteTable,
} from '@bookinfo/routing';
import { Proxy } from '../listener/proxy.js';

const SHADOW = 'outbound|9080|v2|reviews.default.svc.cluster.local';
const MIRROR: RequestMirrorPolicy = { cluster: SHADOW, percentage: 100, shadowHostSuffix: false };

/** Requests go to `main`, copies to `shadow`. */
function mirrored(main: Endpoint[], shadow: Endpoint[], action: Partial<ForwardAction> = {}): RouteTable {
  const table = tableOf({ endpoints: main, action: { mirrors: [MIRROR], ...action } });
  const [cluster] = table.clusters.values();
  const copies = { ...cluster, name: SHADOW, endpoints: shadow } as Cluster;
  return { ...table, clusters: new Map([...table.clusters, [SHADOW, copies]]) };
}

interface Seen {
  headers: IncomingHttpHeaders;
  body: string;
  url: string | undefined;
}

/** A backend that records its requests. */
async function startRecorder(status = 200) {
  const seen: Seen[] = [];
  const backend = await startBackend('shadow', (incoming, response) => {
    const record = (body: string): ServerResponse => {
      seen.push({ headers: incoming.headers, body, url: incoming.url });
      return response.writeHead(status).end('discarded');
    };
    void text(incoming).then(record);
  });
  return { ...backend, seen };
}

test('the mirror gets a copy of each request with its body, and its response is discarded', async () => {
  await using main = await startBackend('main');
  await using shadow = await startRecorder(500);
  const table = mirrored([main.endpoint], [shadow.endpoint]);
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  const headers = { 'end-user': 'jason', 'content-length': 5 };
  const url = 'http://reviews:9080/a?b=c';
  const answer = await ask(proxy.port, { method: 'POST', url, body: 'stars', headers });
  expect(answer).toMatchObject({ status: 200, body: 'main' });
  await expect.poll(() => shadow.seen.length).toBe(1);
  expect(shadow.seen[0]).toMatchObject({
    url: '/a?b=c',
    body: 'stars',
    headers: { host: 'reviews:9080', 'end-user': 'jason', 'x-envoy-attempt-count': '1' },
  });
});

test('through Istio 1.27 the copy’s Host ends in -shadow', async () => {
  await using main = await startBackend('main');
  await using shadow = await startRecorder();
  const mirrors = [{ ...MIRROR, shadowHostSuffix: true }];
  const table = mirrored([main.endpoint], [shadow.endpoint], { mirrors });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  await ask(proxy.port);
  await expect.poll(() => shadow.seen[0]?.headers.host).toBe('reviews-shadow:9080');
});

test('there is one copy of a request, whatever the number of attempts', async () => {
  let attempts = 0;
  await using main = await startBackend('main', (_, response) => {
    attempts += 1;
    response.writeHead(503).end();
  });
  await using shadow = await startRecorder();
  const retryPolicy = { ...DEFAULT_RETRY_POLICY, retryOn: ['5xx'] };
  const table = mirrored([main.endpoint], [shadow.endpoint], { retryPolicy });
  await using proxy = await Proxy.start({ role: 'sidecar', table, random: () => 0 });
  expect((await ask(proxy.port)).status).toBe(503);
  expect(attempts).toBe(3);
  await expect.poll(() => shadow.seen.length).toBe(1);
  await ask(proxy.port);
  await expect.poll(() => shadow.seen.length).toBe(2);
});

test('the percentage of requests that are copied is drawn', async () => {
  await using main = await startBackend('main');
  await using shadow = await startRecorder();
  const mirrors = [{ ...MIRROR, percentage: 50 }];
  const table = mirrored([main.endpoint], [shadow.endpoint], { mirrors });
  const draws = [0.5, 0.49];
  await using proxy = await Proxy.start({ role: 'sidecar', table, random: () => draws.shift() ?? 1 });
  await ask(proxy.port, { headers: { n: '1' } });
  await ask(proxy.port, { headers: { n: '2' } });
  await expect.poll(() => shadow.seen.map(({ headers }) => headers['n'])).toEqual(['2']);
});

test.each([
  ['the mirror refuses connections', async () => [await deadEndpoint('dead')]],
  ['the mirror has no pod', () => []],
])('when %s, requests are not affected', async (_, endpointsOf) => {
  await using main = await startBackend('main');
  const table = mirrored([main.endpoint], await endpointsOf());
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  expect((await ask(proxy.port)).body).toBe('main');
  expect((await ask(proxy.port, { method: 'POST', body: 'x' })).body).toBe('main');
});

test('a mirror that neither responds nor reads delays no request', async () => {
  await using main = await startBackend('main', (incoming, response) => {
    void text(incoming).then((body) => response.end(String(body.length)));
  });
  await using shadow = await startTcpBackend('stuck', (socket) => socket.pause());
  const table = mirrored([main.endpoint], [shadow.endpoint]);
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  const body = Buffer.alloc(20_000_000, 'x');
  const headers = { 'content-length': body.length };
  for (let count = 0; count < 5; count += 1)
    expect((await ask(proxy.port, { method: 'POST', body, headers })).body).toBe('20000000');
});

test('a large body reaches the mirror complete', async () => {
  await using main = await startBackend('main', (incoming, response) => {
    void text(incoming).then((body) => response.end(String(body.length)));
  });
  await using shadow = await startRecorder();
  const table = mirrored([main.endpoint], [shadow.endpoint]);
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  const body = Buffer.alloc(2_000_000, 'x');
  for (const framing of [{ 'content-length': body.length }, { 'transfer-encoding': 'chunked' }])
    expect((await ask(proxy.port, { method: 'POST', body, headers: framing })).body).toBe('2000000');
  await expect.poll(() => shadow.seen.map((each) => each.body.length)).toEqual([2_000_000, 2_000_000]);
});

test('a body that breaks off breaks off its copy', async () => {
  await using main = await startBackend('main', (incoming) => void incoming.resume());
  await using shadow = await startBackend('shadow', (incoming) => void incoming.resume());
  const table = mirrored([main.endpoint], [shadow.endpoint]);
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  const asking = request({ port: proxy.port, method: 'POST', headers: { host: 'reviews' } });
  asking.on('error', () => undefined).write('half');
  const [copy] = (await once(shadow.server, 'request')) as [IncomingMessage];
  copy.on('error', () => undefined);
  asking.destroy();
  await expect.poll(() => copy.destroyed).toBe(true);
  expect(copy.complete).toBe(false);
});

test('a copy ends at the route’s timeout', async () => {
  const clock = new ManualClock();
  await using main = await startBackend('main');
  await using shadow = await startBackend('shadow', () => undefined);
  const table = mirrored([main.endpoint], [shadow.endpoint], { timeoutMs: 500 });
  await using proxy = await Proxy.start({ role: 'sidecar', table, clock });
  const asked = once(shadow.server, 'request');
  expect((await ask(proxy.port)).body).toBe('main');
  const [, response] = (await asked) as [IncomingMessage, ServerResponse];
  clock.advance(500);
  await once(response, 'close');
  expect(response.writableFinished).toBe(false);
});

test('a complete copy leaves no timer', async () => {
  const clock = new ManualClock();
  await using main = await startBackend('main');
  await using shadow = await startRecorder();
  const table = mirrored([main.endpoint], [shadow.endpoint], { timeoutMs: 500 });
  await using proxy = await Proxy.start({ role: 'sidecar', table, clock });
  await ask(proxy.port);
  await expect.poll(() => shadow.seen.length).toBe(1);
  await expect.poll(() => clock.waits).toEqual([]);
});

test('copies that have ended, complete or not, free the budget', async () => {
  await using main = await startBackend('main', (incoming, response) => {
    void text(incoming).then((body) => response.end(String(body.length)));
  });
  await using shadow = await startRecorder();
  const mirrors = Array.from({ length: 200 }, () => MIRROR);
  const broken = mirrored([main.endpoint], [await deadEndpoint('dead')], { mirrors });
  const whole = mirrored([main.endpoint], [shadow.endpoint], { mirrors: [MIRROR] });
  await using proxy = await Proxy.start({ role: 'sidecar', table: broken });
  const body = Buffer.alloc(100_000, 'x');
  const question = { method: 'POST', body, headers: { 'content-length': body.length } };
  for (let count = 0; count < 6; count += 1) expect((await ask(proxy.port, question)).body).toBe('100000');
  proxy.setTable(whole);
  await expect
    .poll(async () => {
      await ask(proxy.port, question);
      return shadow.seen.map((each) => each.body.length)[0];
    })
    .toBe(body.length);
});

test('a mirror whose cluster does not exist is ignored', async () => {
  await using main = await startBackend('main');
  const table = tableOf({ endpoints: [main.endpoint], action: { mirrors: [MIRROR] } });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  expect((await ask(proxy.port)).body).toBe('main');
});
