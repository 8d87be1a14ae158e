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

test('the answer comes back with its status, and the services behind it join the path', async () => {
  await using peer = await startLocalServer((_req, res) => {
    res.writeHead(418, { 'x-bookinfo-path': 'tea-v1 pot-v2' }).end('{"a":1}');
  });
  const answer = await call(peer);
  expect(answer.body).toEqual({ status: 418, body: { a: 1 } });
  expect(answer.headers['x-bookinfo-version']).toBe('echo-v1');
  expect(answer.headers['x-bookinfo-path']).toBe('echo-v1 tea-v1 pot-v2');
});

test('the headers of the request being answered go with the call', async () => {
  await using peer = await startLocalServer((req, res) => res.end(JSON.stringify(req.headers)));
  await using service = await startTestService(echo);
  const answer = await request(service.url)
    .get('/call')
    .query({ url: peer.url })
    .set({ 'end-user': 'jason', b3: '0', 'x-other': 'stays here' });
  expect(answer.body.body).toMatchObject({ 'end-user': 'jason', b3: '0', host: `127.0.0.1:${peer.port}` });
  expect(answer.body.body).not.toHaveProperty('x-other');
});

test('a request without an id gets one, so that log lines of one request can be found', async () => {
  await using peer = await startLocalServer((req, res) => res.end(JSON.stringify(req.headers)));
  const answer = await call(peer);
  expect(answer.body.body['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test('a redirect is an answer, not followed', async () => {
  await using peer = await startLocalServer((_req, res) =>
    res.writeHead(302, { location: '/elsewhere' }).end(),
  );
  expect((await call(peer)).body).toEqual({ status: 302 });
});

test('an answer over 1 MiB is refused', async () => {
  await using peer = await startLocalServer((_req, res) => res.end(`"${'x'.repeat(1024 * 1024)}"`));
  expect((await call(peer)).body.failure).toContain('too large: answer is longer than 1048576 bytes');
});

test('an answer that is late is given up on, also when its headers were in time', async () => {
  await using peer = await startLocalServer((_req, res) => res.writeHead(200).write('{'));
  expect((await call(peer, { ms: '100' })).body.failure).toContain('timeout: no answer within 100 ms');
});

test('an answer that is not JSON is refused', async () => {
  await using peer = await startLocalServer((_req, res) => res.end('<html>'));
  expect((await call(peer)).body.failure).toContain('not JSON');
});

test('a port that nobody listens on is unreachable', async () => {
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

test('HTTP_PROXY takes a call in absolute form, NO_PROXY lets it pass by', async () => {
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

test('HTTPS passes HTTP_PROXY by', async () => {
  await using proxy = await startLocalServer((_req, res) => res.end('"proxied"'));
  const peer = await startLocalServer(() => {});
  await peer[Symbol.asyncDispose]();
  const answer = await call(
    { ...peer, url: `https://127.0.0.1:${peer.port}` },
    {},
    { HTTP_PROXY: proxy.url },
  );
  expect(answer.body.failure).toMatch(/unreachable: .*ECONNREFUSED/);
  expect(proxy.connections()).toBe(0);
});

test('a path of very many services is cut, since a header has its limits', async () => {
  const hops = Array.from({ length: 64 }, (_, i) => `hop-v${i}`);
  await using peer = await startLocalServer((_req, res) => {
    res.writeHead(200, { 'x-bookinfo-path': hops.join(' ') }).end('{}');
  });
  const answer = await call(peer);
  expect(answer.headers['x-bookinfo-path']).toBe(['echo-v1', ...hops.slice(0, 63)].join(' '));
});
