import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { PRODUCTPAGE_TIMEOUT_MS } from '@bookinfo/contract';
import { Clock, type Logger } from '@bookinfo/service-kit';
import { ManualClock, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { ratings } from '../app.js';
import { DatabaseStore } from './database.store.js';

const mongodbAt = (port: number, url = `mongodb://127.0.0.1:${port}/test`) => ({
  SERVICE_VERSION: 'v2',
  MONGO_DB_URL: url,
});

const mysqlAt = (port: number) => ({
  SERVICE_VERSION: 'v2-mysql',
  DB_TYPE: 'mysql',
  MYSQL_DB_HOST: '127.0.0.1',
  MYSQL_DB_PORT: String(port),
  MYSQL_DB_USER: 'root',
  MYSQL_DB_PASSWORD: 'password',
});

/** Starts a server that accepts connections and never responds. */
async function startSilentServer() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

test('a read that does not end is a 503 before productpage times out', async () => {
  const clock = new ManualClock();
  const logged: unknown[] = [];
  const logger = { error: (message: unknown) => void logged.push(message) } as Logger;
  const unresponsive = { firstTwo: () => new Promise<never>(() => {}), close: async () => {} };
  const read = new DatabaseStore('mysql', unresponsive, logger, clock).get();
  clock.advance(PRODUCTPAGE_TIMEOUT_MS - 1);
  expect(clock.sleeping).toBe(0);
  await expect(read).rejects.toMatchObject({
    status: 503,
    response: { error: 'the mysql database cannot be read' },
  });
  expect(logged).toEqual(['the mysql database cannot be read: no response within 2000 ms']);
});

describe.concurrent.each([
  ['mongodb', mongodbAt],
  ['mysql', mysqlAt],
])('v2 with %s', (type, env) => {
  test('a closed port is a 503 in JSON, and the service stays up', async () => {
    const closed = await startSilentServer();
    await closed[Symbol.asyncDispose]();
    await using service = await startTestService(ratings, env(closed.port));
    const response = await request(service.url).get('/ratings/0');
    expect([response.status, response.text]).toEqual([
      503,
      `{"error":"the ${type} database cannot be read"}`,
    ]);
    expect(service.log).toContainEqual(
      expect.objectContaining({ level: 'error', msg: expect.stringContaining('ECONNREFUSED') }),
    );
    expect((await request(service.url).get('/health')).status).toBe(200);
  });

  // The clock does not advance, so that only the drivers' own timeouts can end these reads.
  test('the driver ends reads of an unresponsive database, also when there are many', async () => {
    await using silent = await startSilentServer();
    await using service = await startTestService(ratings, env(silent.port), [
      { provide: Clock, useValue: new ManualClock() },
    ]);
    const responses = await Promise.all(
      Array.from({ length: 30 }, () => request(service.url).get('/ratings/0')),
    );
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 503));
  });

  test('POST is a 501', async () => {
    await using service = await startTestService(ratings, env(1));
    const response = await request(service.url).post('/ratings/0').send('{"Reviewer1":1}');
    expect([response.status, response.text]).toEqual([
      501,
      '{"error":"ratings of a database can only be read"}',
    ]);
  });
});
