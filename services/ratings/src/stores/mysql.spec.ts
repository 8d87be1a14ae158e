import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMariadb, MARIADB } from '../../test/mariadb.js';
import { lacks } from '../../test/needs.js';
import { ratings } from '../app.js';

const SEED = [
  'CREATE OR REPLACE TABLE test.ratings (ReviewID INT PRIMARY KEY, Rating INT)',
  'INSERT INTO test.ratings VALUES (1, 5), (2, 4), (3, 1)',
];

const UNREADABLE = { error: 'the mysql database cannot be read' };

describe.skipIf(lacks(MARIADB))('v2 with DB_TYPE=mysql', () => {
  let mariadb: Awaited<ReturnType<typeof createMariadb>>;

  beforeAll(async () => {
    mariadb = await createMariadb();
    await mariadb.run(...SEED);
  });

  afterAll(() => mariadb[Symbol.asyncDispose]());

  /** Sends one request to a ratings with this database. */
  async function find(env: Record<string, string> = {}) {
    await using service = await startTestService(ratings, { ...mariadb.env, ...env });
    const { status, body } = await request(service.url).get('/ratings/7');
    return { status, body, log: service.log.filter(({ level }) => level === 'error').map(({ msg }) => msg) };
  }

  test('every product has the first two ratings of the table', async () => {
    expect(await find()).toEqual({
      status: 200,
      body: { id: 7, ratings: { Reviewer1: 5, Reviewer2: 4 } },
      log: [],
    });
  });

  test('a refused login is a 503, and the log has the reason without the password', async () => {
    const { status, body, log } = await find({ MYSQL_DB_PASSWORD: 'wrong password' });
    expect([status, body]).toEqual([503, UNREADABLE]);
    expect(log).toEqual([expect.stringContaining("Access denied for user 'ratings'")]);
    expect(JSON.stringify(log)).not.toContain('wrong password');
  });

  test(
    'no table, too few rows and ratings out of range are a 503 until they are corrected',
    { timeout: 20_000 },
    async () => {
      await using service = await startTestService(ratings, mariadb.env);
      const read = async (...statements: string[]) => {
        await mariadb.run(...statements);
        const { status, body } = await request(service.url).get('/ratings/0');
        return [status, body.error];
      };
      const invalidRatings = [503, 'the mysql database holds no two ratings from 1 to 5'];
      expect(await read('DROP TABLE test.ratings')).toEqual([503, UNREADABLE.error]);
      expect(await read(...SEED, 'DELETE FROM test.ratings WHERE ReviewID > 1')).toEqual(invalidRatings);
      expect(await read(...SEED, 'UPDATE test.ratings SET Rating = 6')).toEqual(invalidRatings);
      expect(await read(...SEED, 'UPDATE test.ratings SET Rating = NULL')).toEqual(invalidRatings);
      expect(await read(...SEED)).toEqual([200, undefined]);
    },
  );

  test(
    'the service starts without its database, survives its end, and uses it again when it is back',
    { timeout: 60_000 },
    async () => {
      await mariadb.kill();
      await using service = await startTestService(ratings, mariadb.env);
      const status = async () => (await request(service.url).get('/ratings/0')).status;
      expect(await status()).toBe(503);
      await mariadb.start();
      expect(await status()).toBe(200);
      await mariadb.kill();
      expect(await status()).toBe(503);
      expect((await request(service.url).get('/health')).status).toBe(200);
      await mariadb.start();
      expect(await status()).toBe(200);
    },
  );

  test('a locked table is a 503, and readable again after the lock', async () => {
    await using service = await startTestService(ratings, mariadb.env);
    const status = async () => (await request(service.url).get('/ratings/0')).status;
    {
      await using _lock = await mariadb.lock('test.ratings');
      expect(await status()).toBe(503);
    }
    expect(await status()).toBe(200);
  });

  test('more failures than connections in the pool do not exhaust it', async () => {
    await using service = await startTestService(ratings, mariadb.env);
    await mariadb.run('DROP TABLE test.ratings');
    const failed = await Promise.all(
      Array.from({ length: 20 }, () => request(service.url).get('/ratings/0')),
    );
    expect(failed.map(({ status }) => status)).toEqual(failed.map(() => 503));
    await mariadb.run(...SEED);
    expect((await request(service.url).get('/ratings/0')).status).toBe(200);
  });

  test('more concurrent requests than connections in the pool all succeed', async () => {
    await using service = await startTestService(ratings, mariadb.env);
    const responses = await Promise.all(
      Array.from({ length: 50 }, () => request(service.url).get('/ratings/0')),
    );
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 200));
  });
});
