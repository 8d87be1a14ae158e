import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalServer, startLocalServer, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { reviews } from './app.js';

const UNAVAILABLE = { error: 'Ratings service is currently unavailable' };

const respond: RequestListener = (_req, res) => res.end('{"ratings":{"Reviewer1":5,"Reviewer2":4}}');

const respondAfter =
  (seconds: number): RequestListener =>
  async (req, res) => {
    await sleep(seconds * 1000);
    respond(req, res);
  };

const silent: RequestListener = () => {};

/** Sends one request to reviews, with `listener` in place of ratings. */
async function find(listener: RequestListener, env: Record<string, string>) {
  await using ratings = await startLocalServer(listener);
  return await findWith(ratings, env);
}

async function findWith(ratings: Pick<LocalServer, 'port'>, env: Record<string, string>) {
  const url = `http://127.0.0.1:${ratings.port}/ratings`;
  await using service = await startTestService(reviews, {
    RATINGS_HOSTNAME: '127.0.0.1',
    RATINGS_SERVICE_PORT: String(ratings.port),
    ...env,
  });
  const { status, body } = await request(service.url).get('/reviews/0');
  const log = service.log
    .filter(({ level }) => level === 'error')
    .map(({ msg }) => String(msg).replace(url, 'URL'));
  return { status, ratings: body.reviews.map((review: { rating?: object }) => review.rating), log };
}

describe('unusable ratings are reported as unavailable, with status 200 and a line in the log', () => {
  test.each<[string, RequestListener, string]>([
    ['status 500', (_req, res) => res.writeHead(500).end(), 'unable to contact URL got status of 500'],
    ['a redirect', (_req, res) => res.writeHead(302, { location: '/' }).end(), 'URL got status of 302'],
    ['not JSON', (_req, res) => res.end('<html>'), 'unable to contact URL got exception '],
    ['a closed connection', (req) => req.socket.destroy(), 'unable to contact URL got exception '],
    [
      'no ratings',
      (_req, res) => res.end('{"error":"could not connect"}'),
      'URL gave no whole number from 1 to 5',
    ],
    ['null', (_req, res) => res.end('null'), 'URL gave no whole number from 1 to 5 for Reviewer1'],
  ])('%s', async (_name, listener, line) => {
    const { status, ratings, log } = await find(listener, { SERVICE_VERSION: 'v2' });
    expect([status, ratings]).toEqual([200, [UNAVAILABLE, UNAVAILABLE]]);
    expect(log[0]).toContain(line);
  });

  test('a closed port', async () => {
    const gone = await startLocalServer(respond);
    await gone[Symbol.asyncDispose]();
    const { status, ratings, log } = await findWith(gone, { SERVICE_VERSION: 'v3' });
    expect([status, ratings]).toEqual([200, [UNAVAILABLE, UNAVAILABLE]]);
    expect(log).toEqual([
      expect.stringMatching(/^Error: unable to contact URL got exception .*ECONNREFUSED/),
    ]);
  });

  test.each(['0', '6', '-1', '4.5', '"4"', 'null', '1e999', '{}'])(
    'only that of the review whose rating is %s',
    async (wrong) => {
      const { status, ratings, log } = await find(
        (_req, res) => res.end(`{"ratings":{"Reviewer1":3,"Reviewer2":${wrong}}}`),
        { SERVICE_VERSION: 'v3' },
      );
      expect([status, ratings]).toEqual([200, [{ stars: 3, color: 'red' }, UNAVAILABLE]]);
      expect(log).toEqual(['Error: URL gave no whole number from 1 to 5 for Reviewer2']);
    },
  );
});

describe.concurrent('the timeout depends on the colour', () => {
  test('black stars wait out the 7 s delay of the fault injection task', { timeout: 20_000 }, async () => {
    const { ratings } = await find(respondAfter(7), { SERVICE_VERSION: 'v2' });
    expect(ratings).toEqual([
      { stars: 5, color: 'black' },
      { stars: 4, color: 'black' },
    ]);
  });

  test.each([
    ['v2: 10 s', { SERVICE_VERSION: 'v2' }, 10],
    ['v3: 2.5 s', { SERVICE_VERSION: 'v3' }, 2.5],
    ['v3 with STAR_COLOR=black: 10 s', { SERVICE_VERSION: 'v3', STAR_COLOR: 'black' }, 10],
    ['v2 with STAR_COLOR=purple: 2.5 s', { SERVICE_VERSION: 'v2', STAR_COLOR: 'purple' }, 2.5],
  ])('%s', { timeout: 20_000 }, async (_name, env, limit) => {
    const { ratings, log } = await find(silent, env);
    expect(ratings).toEqual([UNAVAILABLE, UNAVAILABLE]);
    expect(log).toEqual([expect.stringContaining(`timeout: no response within ${limit * 1000} ms`)]);
  });
});
