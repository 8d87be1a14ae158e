import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import request from 'supertest';
import { expect, test } from 'vitest';
import { echo } from '../testing/echo-service.js';
import { startLocalServer } from '../testing/local-server.js';
import { startTestService, type TestService } from '../testing/start-test-service.js';

/**
 * Limits of a drain that must not reach its limit: it returns the number of connections cut there. Node would close idle
 * and silent connections only after that, at 72 s and 60 s.
 */
const LIMITS = { noticeMs: 0, maxMs: 30_000 };

const portOf = ({ url }: TestService) => Number(new URL(url).port);

/** Sends a GET; the response's `connection` header and body. */
const getWith = (agent: Agent, url: string) =>
  new Promise<{ connection: string | undefined; body: string }>((resolve, reject) => {
    get(url, { agent }, (response) => {
      const { connection } = response.headers;
      text(response).then((body) => resolve({ connection, body }), reject);
    }).on('error', reject);
  });

async function untilPortIsClosed(service: TestService): Promise<void> {
  const probe = () => {
    const socket = connect(portOf(service), '127.0.0.1');
    return new Promise((resolve) => {
      socket.once('connect', () => resolve('open')).once('error', () => resolve('closed'));
    }).finally(() => socket.destroy());
  };
  await expect.poll(probe).toBe('closed');
}

/** A backend whose responses wait until the test releases them. */
async function startHeldBackend() {
  const held = Promise.withResolvers<void>();
  let requests = 0;
  const server = await startLocalServer(async (_request, response) => {
    requests++;
    await held.promise;
    response.end('"late"');
  });
  return {
    url: server.url,
    requests: () => requests,
    release: () => held.resolve(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test('connections that are idle or silent do not delay the end', async () => {
  const service = await startTestService(echo);
  await getWith(new Agent({ keepAlive: true }), `${service.url}/echo/1`);
  const silent = connect(portOf(service), '127.0.0.1');
  await new Promise((resolve) => silent.once('connect', resolve));
  expect(await service.drain(LIMITS)).toBe(0);
});

test('a request in flight gets its response, and its kept-alive connection does not delay the end', async () => {
  await using backend = await startHeldBackend();
  const service = await startTestService(echo);
  const response = getWith(
    new Agent({ keepAlive: true }),
    `${service.url}/call?ms=600000&url=${backend.url}`,
  );
  await expect.poll(backend.requests).toBe(1);
  const ended = service.drain(LIMITS);
  await untilPortIsClosed(service);
  backend.release();
  expect(await response).toEqual({ connection: 'close', body: '{"status":200,"body":"late"}' });
  expect(await ended).toBe(0);
});

test('a request whose last bytes arrive after the port is closed gets its response', async () => {
  const service = await startTestService(echo);
  const socket = connect(portOf(service), '127.0.0.1');
  socket.write('GET /echo/1 HTTP/1.1\r\nHost: echo\r\n');
  // The service has read those bytes when it has responded to a request that was sent after them.
  await getWith(new Agent(), `${service.url}/echo/2`);
  const ended = service.drain(LIMITS);
  await untilPortIsClosed(service);
  socket.write('\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1.1 200 [^]*\r\n\r\n\{"text":"1"\}$/);
  expect(await ended).toBe(0);
});

test('a kept-alive connection whose response began before the drain is closed after that response', async () => {
  await using backend = await startHeldBackend();
  const service = await startTestService(echo);
  const url = `${service.url}/stream?url=${backend.url}`;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: new Agent({ keepAlive: true }) }, resolve).on('error', reject);
  });
  await expect.poll(backend.requests).toBe(1);
  const ended = service.drain(LIMITS);
  await untilPortIsClosed(service);
  backend.release();
  expect(response.headers['connection']).toBe('keep-alive');
  expect(await text(response)).toBe('begin end');
  expect(await ended).toBe(0);
});

test('during the notice readiness fails, liveness does not, and connections are closed', async () => {
  const service = await startTestService(echo);
  const agent = new Agent({ keepAlive: true });
  expect((await getWith(agent, `${service.url}/livez`)).connection).toBe('keep-alive');
  const ended = service.drain({ ...LIMITS, noticeMs: 500 });
  expect(await getWith(agent, `${service.url}/readyz`)).toEqual({
    connection: 'close',
    body: '{"error":"draining"}',
  });
  expect(await getWith(agent, `${service.url}/livez`)).toEqual({
    connection: 'close',
    body: '{"status":"alive"}',
  });
  await ended;
});

test('a request that does not finish is cut at the limit', async () => {
  await using backend = await startHeldBackend();
  const service = await startTestService(echo);
  const outcome = request(service.url)
    .get('/call')
    .query({ url: backend.url, ms: '600000' })
    .catch((error: Error) => error.message);
  await expect.poll(backend.requests).toBe(1);
  const start = performance.now();
  expect(await service.drain({ ...LIMITS, maxMs: 200 })).toBe(1);
  // A timer of Node may fire up to a millisecond early.
  expect(performance.now() - start).toBeGreaterThan(199);
  expect(await outcome).toBe('socket hang up');
});
