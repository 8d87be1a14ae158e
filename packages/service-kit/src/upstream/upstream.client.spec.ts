import type { IncomingMessage } from 'node:http';
import request from 'supertest';
import { expect, test } from 'vitest';
import { echo } from '../testing/echo-service.js';
import { type LocalServer, startLocalServer } from '../testing/local-server.js';
import { startTestService } from '../testing/start-test-service.js';

const call = async (
  peer: LocalServer,
  query: Record<string, string> = {},
  env: Record<string, string> = {},
) => {
  await using service = await startTestService(echo, env);
  return await request(service.url)
    .get('/call')
    .query({ url: `${peer.url}/x?y=1`, ...query });
};

test('the response has its status, and its hops are appended to x-bookinfo-path', async () => {
  await using peer = await startLocalServer((_req, res) => {
    res.writeHead(418, { 'x-bookinfo-path': 'tea-v1 pot-v2' }).end('{"a":1}');
  });
  const response = await call(peer);
  expect(response.body).toEqual({ status: 418, body: { a: 1 } });
  expect(response.headers['x-bookinfo-version']).toBe('echo-v1');
  expect(response.headers['x-bookinfo-path']).toBe('echo-v1 tea-v1 pot-v2');
});

test('the headers of the incoming request are propagated to the call', async () => {
  await using peer = await startLocalServer((req, res) => res.end(JSON.stringify(req.headers)));
  await using service = await startTestService(echo);
  const response = await request(service.url)
    .get('/call')
    .query({ url: peer.url })
    .set({ 'end-user': 'jason', b3: '0', 'x-other': 'stays here' });
  expect(response.body.body).toMatchObject({ 'end-user': 'jason', b3: '0', host: `127.0.0.1:${peer.port}` });
  expect(response.body.body).not.toHaveProperty('x-other');
});

test('a request without an x-request-id gets one, which is propagated', async () => {
  await using peer = await startLocalServer((req, res) => res.end(JSON.stringify(req.headers)));
  const response = await call(peer);
  expect(response.body.body['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test('a redirect is returned, not followed', async () => {
  await using peer = await startLocalServer((_req, res) =>
    res.writeHead(302, { location: '/elsewhere' }).end(),
  );
  expect((await call(peer)).body).toEqual({ status: 302 });
});

test('a response over 1 MiB is refused', async () => {
  await using peer = await startLocalServer((_req, res) => res.end(`"${'x'.repeat(1024 * 1024)}"`));
  expect((await call(peer)).body.failure).toContain('too large: response is longer than 1048576 bytes');
});

test('a response times out even when its headers arrived in time', async () => {
  await using peer = await startLocalServer((_req, res) => res.writeHead(200).write('{'));
  expect((await call(peer, { ms: '100' })).body.failure).toContain('timeout: no response within 100 ms');
});

test('a response that is not JSON is refused', async () => {
  await using peer = await startLocalServer((_req, res) => res.end('<html>'));
  expect((await call(peer)).body.failure).toContain('not JSON');
});

test('a closed port is unreachable', async () => {
  const peer = await startLocalServer(() => {});
  await peer[Symbol.asyncDispose]();
  expect((await call(peer)).body.failure).toContain('unreachable');
});

test.each([
  ['false', 5],
  ['true', 1],
])('with HTTP_KEEP_ALIVE=%s five calls open %i connections', async (HTTP_KEEP_ALIVE, connections) => {
  await using peer = await startLocalServer((_req, res) => res.end('{}'));
  await using service = await startTestService(echo, { HTTP_KEEP_ALIVE });
  for (let i = 0; i < 5; i++) await request(service.url).get('/call').query({ url: peer.url });
  expect(peer.connections()).toBe(connections);
});

test('HTTP_PROXY gets calls in absolute form, except those to hosts in NO_PROXY', async () => {
  const seen: IncomingMessage['url'][] = [];
  await using proxy = await startLocalServer((req, res) => {
    seen.push(req.url);
    res.end('"proxied"');
  });
  await using peer = await startLocalServer((_req, res) => res.end('"direct"'));
  const proxied = await call({ ...peer, url: 'http://reviews:9080' }, {}, { HTTP_PROXY: proxy.url });
  expect(proxied.body.body).toBe('proxied');
  expect(seen).toEqual(['http://reviews:9080/x?y=1']);
  const direct = await call(peer, {}, { HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' });
  expect(direct.body.body).toBe('direct');
});

test('HTTPS does not use HTTP_PROXY', async () => {
  await using proxy = await startLocalServer((_req, res) => res.end('"proxied"'));
  const peer = await startLocalServer(() => {});
  await peer[Symbol.asyncDispose]();
  const response = await call(
    { ...peer, url: `https://127.0.0.1:${peer.port}` },
    {},
    { HTTP_PROXY: proxy.url },
  );
  expect(response.body.failure).toMatch(/unreachable: .*ECONNREFUSED/);
  expect(proxy.connections()).toBe(0);
});

test('x-bookinfo-path has at most 64 hops', async () => {
  const hops = Array.from({ length: 64 }, (_, i) => `hop-v${i}`);
  await using peer = await startLocalServer((_req, res) => {
    res.writeHead(200, { 'x-bookinfo-path': hops.join(' ') }).end('{}');
  });
  const response = await call(peer);
  expect(response.headers['x-bookinfo-path']).toBe(['echo-v1', ...hops.slice(0, 63)].join(' '));
});
