import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { metricsRoute } from './metrics-route.js';
import { TelemetryServer } from './telemetry-server.js';

async function* metrics(): AsyncGenerator<string> {
  yield await Promise.resolve('requests_total 1\n');
}
const start = (): Promise<TelemetryServer> => TelemetryServer.start([metricsRoute(metrics)], 0);

async function ask(port: number, method: string, path: string, host = `localhost:${port}`) {
  const asking = request({ port, method, path, headers: { host } }).end();
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test('metrics have the media type of Prometheus’ text format', async () => {
  await using server = await start();
  const answer = await ask(server.port, 'GET', '/stats/prometheus?x=1');
  expect(answer).toMatchObject({ status: 200, body: 'requests_total 1\n' });
  expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
});

test.each([
  ['GET', '/', 404, 'paths: GET /stats/prometheus\n'],
  ['POST', '/stats/prometheus', 405, 'use GET /stats/prometheus\n'],
])('%s %s: %i', async (method, path, status, body) => {
  await using server = await start();
  expect(await ask(server.port, method, path)).toMatchObject({ status, body });
});

test.each([
  ['localhost', 200],
  ['127.0.0.1:15090', 200],
  ['[::1]:15090', 200],
  ['evil.example', 403],
  ['127.0.0.1.evil.example', 403],
])('a request for the host "%s": %i', async (host, status) => {
  await using server = await start();
  expect((await ask(server.port, 'GET', '/stats/prometheus', host)).status).toBe(status);
});

test('two scrapes go on at once, a third is refused, and one that breaks off is over', async () => {
  const waiting = Promise.withResolvers<string>();
  async function* slow(): AsyncGenerator<string> {
    yield await waiting.promise;
  }
  await using server = await TelemetryServer.start([metricsRoute(slow)], 0);
  const scrape = () => ask(server.port, 'GET', '/stats/prometheus');
  const first = scrape();
  const second = scrape();
  await expect.poll(async () => (await Promise.race([scrape(), first, second])).status).toBe(503);
  waiting.resolve('metrics');
  expect((await first).body).toBe('metrics');
  expect((await second).body).toBe('metrics');
  expect((await scrape()).status).toBe(200);
});
