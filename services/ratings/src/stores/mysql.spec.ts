import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMariadb, MARIADB } from '../../test/mariadb.js';
import { lacks } from '../../test/needs.js';
import { ratings } from '../service.js';

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

  /** Starts ratings with this database and asks it. */
  async function ask(env: Record<string, string> = {}) {
    await using service = await startTestService(ratings, { ...mariadb.env, ...env });
    const { status, body } = await request(service.url).get('/ratings/7');
    return { status, body, log: service.log.filter(({ level }) => level === 'error').map(({ msg }) => msg) };
  }

  test('the first two ratings of the table are those of every product', async () => {
    expect(await ask()).toEqual({
      status: 200,
      body: { id: 7, ratings: { Reviewer1: 5, Reviewer2: 4 } },
      log: [],
    });
  });

  test('a refused login is a 503, and the log tells of it without the password', async () => {
    const { status, body, log } = await ask({ MYSQL_DB_PASSWORD: 'wrong password' });
    expect([status, body]).toEqual([503, UNREADABLE]);
    expect(log).toEqual([expect.stringContaining("Access denied for user 'ratings'")]);
    expect(JSON.stringify(log)).not.toContain('wrong password');
  });

  test(
    'no table, too few rows and ratings out of range are a 503 until they are right',
    { timeout: 20_000 },
    async () => {
      await using service = await startTestService(ratings, mariadb.env);
      const answer = async (...statements: string[]) => {
        await mariadb.run(...statements);
        const { status, body } = await request(service.url).get('/ratings/0');
        return [status, body.error];
      };
      const wrongRows = [503, 'the mysql database holds no two ratings from 1 to 5'];
      expect(await answer('DROP TABLE test.ratings')).toEqual([503, UNREADABLE.error]);
      expect(await answer(...SEED, 'DELETE FROM test.ratings WHERE ReviewID > 1')).toEqual(wrongRows);
      expect(await answer(...SEED, 'UPDATE test.ratings SET Rating = 6')).toEqual(wrongRows);
      expect(await answer(...SEED, 'UPDATE test.ratings SET Rating = NULL')).toEqual(wrongRows);
      expect(await answer(...SEED)).toEqual([200, undefined]);
    },
  );

  test(
    'the service starts without its database, outlives its end, and uses it when it is there',
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

  test(
    'a table that is locked is a 503 within 3 s, and readable once it is not',
    { timeout: 20_000 },
    async () => {
      await using service = await startTestService(ratings, mariadb.env);
      const locked = mariadb.run('LOCK TABLES test.ratings WRITE', 'SELECT SLEEP(4)');
      const deadline = performance.now() + 3900;
      const statuses: number[] = [];
      while (performance.now() < deadline && statuses.at(-1) !== 503) {
        const start = performance.now();
        statuses.push((await request(service.url).get('/ratings/0')).status);
        expect(performance.now() - start).toBeLessThan(3000);
      }
      expect(statuses.at(-1)).toBe(503);
      await locked;
      expect((await request(service.url).get('/ratings/0')).status).toBe(200);
    },
  );

  test('failures beyond the size of the pool leave connections for when the table is there', async () => {
    await using service = await startTestService(ratings, mariadb.env);
    await mariadb.run('DROP TABLE test.ratings');
    const failed = await Promise.all(
      Array.from({ length: 20 }, () => request(service.url).get('/ratings/0')),
    );
    expect(failed.map(({ status }) => status)).toEqual(failed.map(() => 503));
    await mariadb.run(...SEED);
    expect((await request(service.url).get('/ratings/0')).status).toBe(200);
  });

  test('more callers at once than connections in the pool are all answered', async () => {
    await using service = await startTestService(ratings, mariadb.env);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => request(service.url).get('/ratings/0')),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });
});
