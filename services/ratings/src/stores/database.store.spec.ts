import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { ratings } from '../service.js';

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

/** Takes connections and never says a word. */
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

describe.concurrent.each([
  ['mongodb', mongodbAt],
  ['mysql', mysqlAt],
])('v2 with %s', (type, env) => {
  test('a database that cannot be reached is a 503 in JSON within 3 s, and the service stays up', async () => {
    const gone = await startSilentServer();
    await gone[Symbol.asyncDispose]();
    await using service = await startTestService(ratings, env(gone.port));
    const start = performance.now();
    const answer = await request(service.url).get('/ratings/0');
    expect(performance.now() - start).toBeLessThan(3000);
    expect([answer.status, answer.text]).toEqual([503, `{"error":"the ${type} database cannot be read"}`]);
    expect(service.log).toContainEqual(
      expect.objectContaining({ level: 'error', msg: expect.stringContaining('ECONNREFUSED') }),
    );
    expect((await request(service.url).get('/health')).status).toBe(200);
  });

  test('a database that never answers is a 503 within 3 s, however many ask', async () => {
    await using silent = await startSilentServer();
    await using service = await startTestService(ratings, env(silent.port));
    const start = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => request(service.url).get('/ratings/0')),
    );
    expect(performance.now() - start).toBeLessThan(3000);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
  });

  test('POST is a 501', async () => {
    await using service = await startTestService(ratings, env(1));
    const answer = await request(service.url).post('/ratings/0').send('{"Reviewer1":1}');
    expect([answer.status, answer.text]).toEqual([501, '{"error":"ratings of a database can only be read"}']);
  });
});
