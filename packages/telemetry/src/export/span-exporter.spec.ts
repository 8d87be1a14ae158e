import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { listen, LOOPBACK, systemClock } from '@bookinfo/effects';
import { ManualClock } from '@bookinfo/testing';
import type { Span } from '../spans/span.js';
import { zipkinCollector } from './collectors.js';
import { SpanExporter } from './span-exporter.js';

const spanOf = (id: number): Span => ({
  traceId: '463ac35c9f6413ad48485a3953bb6124',
  id: id.toString(16).padStart(16, '0'),
  name: 'span',
  timestamp: 1,
  duration: 1,
  localEndpoint: { serviceName: 'reviews.default' },
  annotations: [],
  tags: {},
});
const addAll = (exporter: SpanExporter, count: number): void => {
  for (let id = 1; id <= count; id += 1) exporter.add(spanOf(id));
};

async function startServer(server: Server) {
  await listen(server, 0, LOOPBACK);
  const { port } = server.address() as AddressInfo;
  return {
    collector: zipkinCollector(new URL(`http://127.0.0.1:${port}`)),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** A collector that records the number of spans of each request. */
async function startCollector(respond: (response: ServerResponse) => void) {
  const batches: number[] = [];
  const record = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const spans = JSON.parse(await text(request)) as unknown[];
    batches.push(spans.length);
    respond(response);
  };
  const server = createServer((request, response) => void record(request, response));
  return Object.assign(await startServer(server), { batches, close: () => server.closeAllConnections() });
}

test('spans are sent a second after the first, in one request', async () => {
  await using server = await startCollector((response) => response.writeHead(202).end());
  const clock = new ManualClock();
  const exporter = new SpanExporter({ ...server.collector, clock, onOutage: () => undefined });
  addAll(exporter, 3);
  clock.advance(999);
  expect(server.batches).toEqual([]);
  clock.advance(1);
  await expect.poll(() => exporter.sent).toBe(3);
  expect(server.batches).toEqual([3]);
  await exporter.close(0);
});

test('512 spans are sent at once, the others with the next request', async () => {
  await using server = await startCollector((response) => response.writeHead(202).end());
  const exporter = new SpanExporter({
    ...server.collector,
    clock: new ManualClock(),
    onOutage: () => undefined,
  });
  addAll(exporter, 1030);
  await expect.poll(() => exporter.sent).toBe(1024);
  expect(server.batches).toEqual([512, 512]);
  await exporter.close(5000);
  expect(server.batches).toEqual([512, 512, 6]);
  expect(exporter.dropped).toBe(0);
});

test('while the collector does not answer, 10,000 spans wait and more are dropped', async () => {
  const held: ServerResponse[] = [];
  await using server = await startCollector((response) => held.push(response));
  const clock = new ManualClock();
  const exporter = new SpanExporter({ ...server.collector, clock, onOutage: () => undefined });
  addAll(exporter, 512 + 10_000 + 7);
  expect(exporter.dropped).toBe(7);
  await expect.poll(() => held.length).toBe(1);
  const closed = exporter.close(2000);
  clock.advance(2000);
  await closed;
  await expect.poll(() => exporter.dropped).toBe(7 + 10_000 + 512);
  server.close();
});

test.each<[string, () => Server, RegExp]>([
  [
    'refuses',
    () => createServer((_, response) => response.writeHead(500).end('no')),
    /responded with the status 500/,
  ],
  [
    'answers garbage',
    () =>
      createTcpServer((socket) =>
        socket
          .on('error', () => undefined)
          .resume()
          .end('garbage\r\n\r\n'),
      ),
    /Parse Error/,
  ],
  ['breaks off', () => createTcpServer((socket) => socket.destroy()), /socket hang up|ECONNRESET/],
])('a collector that %s costs its spans and one warning', async (_, create, reason) => {
  const server = create();
  await using started = await startServer(server);
  const outages: string[] = [];
  const onOutage = (each: string): void => void outages.push(each);
  const exporter = new SpanExporter({ ...started.collector, clock: systemClock, onOutage });
  addAll(exporter, 1024);
  await expect.poll(() => exporter.dropped).toBe(1024);
  expect(outages).toEqual([expect.stringMatching(reason)]);
  expect(outages[0]).toContain(started.collector.url.href);
  await exporter.close(0);
});

test('a collector that comes back gets spans again, and its next outage a warning of its own', async () => {
  let status = 503;
  await using server = await startCollector((response) => response.writeHead(status).end());
  const outages: string[] = [];
  const onOutage = (each: string): void => void outages.push(each);
  const exporter = new SpanExporter({ ...server.collector, clock: systemClock, onOutage });
  addAll(exporter, 512);
  await expect.poll(() => exporter.dropped).toBe(512);
  status = 202;
  addAll(exporter, 512);
  await expect.poll(() => exporter.sent).toBe(512);
  status = 503;
  addAll(exporter, 512);
  await expect.poll(() => exporter.dropped).toBe(1024);
  expect(outages).toHaveLength(2);
  await exporter.close(0);
});
