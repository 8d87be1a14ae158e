import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalServer, startLocalServer, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { reviews } from './service.js';

const UNAVAILABLE = { error: 'Ratings service is currently unavailable' };

const answer: RequestListener = (_req, res) => res.end('{"ratings":{"Reviewer1":5,"Reviewer2":4}}');

const answerAfter =
  (seconds: number): RequestListener =>
  async (req, res) => {
    await sleep(seconds * 1000);
    answer(req, res);
  };

const silent: RequestListener = () => {};

/** Asks reviews once; `listener` stands in for ratings. */
async function ask(listener: RequestListener, env: Record<string, string>) {
  await using ratings = await startLocalServer(listener);
  return await askWith(ratings, env);
}

async function askWith(ratings: Pick<LocalServer, 'port'>, env: Record<string, string>) {
  const url = `http://127.0.0.1:${ratings.port}/ratings`;
  await using service = await startTestService(reviews, {
    RATINGS_HOSTNAME: '127.0.0.1',
    RATINGS_SERVICE_PORT: String(ratings.port),
    ...env,
  });
  const start = performance.now();
  const { status, body } = await request(service.url).get('/reviews/0');
  const seconds = (performance.now() - start) / 1000;
  const log = service.log
    .filter(({ level }) => level === 'error')
    .map(({ msg }) => String(msg).replace(url, 'URL'));
  return { status, ratings: body.reviews.map((review: { rating?: object }) => review.rating), seconds, log };
}

describe('ratings that cannot be used are shown as unavailable, with status 200 and a line in the log', () => {
  test.each<[string, RequestListener, string]>([
    ['status 500', (_req, res) => res.writeHead(500).end(), 'unable to contact URL got status of 500'],
    ['a redirect', (_req, res) => res.writeHead(302, { location: '/' }).end(), 'URL got status of 302'],
    ['not JSON', (_req, res) => res.end('<html>'), 'unable to contact URL got exception '],
    ['a hang-up', (req) => req.socket.destroy(), 'unable to contact URL got exception '],
    [
      'no ratings',
      (_req, res) => res.end('{"error":"could not connect"}'),
      'URL gave no whole number from 1 to 5',
    ],
    ['null', (_req, res) => res.end('null'), 'URL gave no whole number from 1 to 5 for Reviewer1'],
  ])('%s', async (_what, listener, line) => {
    const { status, ratings, log } = await ask(listener, { SERVICE_VERSION: 'v2' });
    expect([status, ratings]).toEqual([200, [UNAVAILABLE, UNAVAILABLE]]);
    expect(log[0]).toContain(line);
  });

  test('nobody listens', async () => {
    const gone = await startLocalServer(answer);
    await gone[Symbol.asyncDispose]();
    const { status, ratings, log } = await askWith(gone, { SERVICE_VERSION: 'v3' });
    expect([status, ratings]).toEqual([200, [UNAVAILABLE, UNAVAILABLE]]);
    expect(log).toEqual([
      expect.stringMatching(/^Error: unable to contact URL got exception .*ECONNREFUSED/),
    ]);
  });

  test.each(['0', '6', '-1', '4.5', '"4"', 'null', '1e999', '{}'])(
    'only the review whose rating is %s',
    async (wrong) => {
      const { status, ratings, log } = await ask(
        (_req, res) => res.end(`{"ratings":{"Reviewer1":3,"Reviewer2":${wrong}}}`),
        { SERVICE_VERSION: 'v3' },
      );
      expect([status, ratings]).toEqual([200, [{ stars: 3, color: 'red' }, UNAVAILABLE]]);
      expect(log).toEqual(['Error: URL gave no whole number from 1 to 5 for Reviewer2']);
    },
  );
});

describe.concurrent('the time limit goes with the colour', () => {
  test('black stars survive the 7 s delay of the fault injection task', { timeout: 20_000 }, async () => {
    const { ratings } = await ask(answerAfter(7), { SERVICE_VERSION: 'v2' });
    expect(ratings).toEqual([
      { stars: 5, color: 'black' },
      { stars: 4, color: 'black' },
    ]);
  });

  test.each([
    ['v2 gives up after 10 s', { SERVICE_VERSION: 'v2' }, 10],
    ['v3 gives up after 2.5 s', { SERVICE_VERSION: 'v3' }, 2.5],
    ['STAR_COLOR=black of v3 gives up after 10 s', { SERVICE_VERSION: 'v3', STAR_COLOR: 'black' }, 10],
    ['STAR_COLOR=purple of v2 gives up after 2.5 s', { SERVICE_VERSION: 'v2', STAR_COLOR: 'purple' }, 2.5],
  ])('%s', { timeout: 20_000 }, async (_what, env, limit) => {
    const { ratings, seconds, log } = await ask(silent, env);
    expect(ratings).toEqual([UNAVAILABLE, UNAVAILABLE]);
    expect(seconds).toBeGreaterThan(limit - 0.01);
    expect(seconds).toBeLessThan(limit + 3);
    expect(log).toEqual([expect.stringContaining(`timeout: no answer within ${limit * 1000} ms`)]);
  });
});
