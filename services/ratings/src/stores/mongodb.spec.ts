import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMongodb, MONGODB } from '../../test/mongodb.js';
import { lacks } from '../../test/needs.js';
import { ratings } from '../app.js';

const UNREADABLE = { error: 'the mongodb database cannot be read' };

describe.skipIf(lacks(MONGODB))('v2 with MongoDB', () => {
  let mongodb: Awaited<ReturnType<typeof createMongodb>>;

  beforeAll(async () => {
    mongodb = await createMongodb();
  });

  afterAll(() => mongodb[Symbol.asyncDispose]());

  test('every product has the first two ratings of the collection', async () => {
    await mongodb.fill(5, 4, 1);
    await using service = await startTestService(ratings, mongodb.env);
    const { status, text } = await request(service.url).get('/ratings/7');
    expect([status, text]).toEqual([200, '{"id":7,"ratings":{"Reviewer1":5,"Reviewer2":4}}']);
  });

  test('a refused login is a 503, and the log has the reason without the password', async () => {
    await using service = await startTestService(ratings, {
      ...mongodb.env,
      MONGO_DB_URL: `mongodb://user:secret@127.0.0.1:${mongodb.port}/test`,
    });
    const { status, body } = await request(service.url).get('/ratings/0');
    expect([status, body]).toEqual([503, UNREADABLE]);
    expect(service.log).toContainEqual(
      expect.objectContaining({ msg: expect.stringContaining('saslStart') }),
    );
    expect(JSON.stringify(service.log)).not.toContain('secret');
  });

  test('no collection, too few documents and ratings out of range are a 503 until they are corrected', async () => {
    await using service = await startTestService(ratings, mongodb.env);
    const read = async (...stars: unknown[]) => {
      await mongodb.fill(...stars);
      const { status, body } = await request(service.url).get('/ratings/0');
      return [status, body.error];
    };
    const invalidRatings = [503, 'the mongodb database holds no two ratings from 1 to 5'];
    expect(await read()).toEqual(invalidRatings);
    expect(await read(5)).toEqual(invalidRatings);
    expect(await read(5, 6)).toEqual(invalidRatings);
    expect(await read('5', 4)).toEqual(invalidRatings);
    expect(await read(5, 4)).toEqual([200, undefined]);
  });

  test(
    'the service starts without its database, survives its end, and uses it again when it is back',
    { timeout: 60_000 },
    async () => {
      await mongodb.kill();
      await using service = await startTestService(ratings, mongodb.env);
      const status = async () => (await request(service.url).get('/ratings/0')).status;
      expect(await status()).toBe(503);
      await mongodb.start();
      await mongodb.fill(5, 4);
      expect(await status()).toBe(200);
      await mongodb.kill();
      expect(await status()).toBe(503);
      expect((await request(service.url).get('/health')).status).toBe(200);
      await mongodb.start();
      await mongodb.fill(5, 4);
      expect(await status()).toBe(200);
    },
  );

  test('more concurrent requests than connections in the pool all succeed', async () => {
    await mongodb.fill(5, 4);
    await using service = await startTestService(ratings, mongodb.env);
    const responses = await Promise.all(
      Array.from({ length: 50 }, () => request(service.url).get('/ratings/0')),
    );
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 200));
  });
});
