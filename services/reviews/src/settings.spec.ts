import { startLocalServer, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { reviewsSettings } from './settings.js';
import { reviews } from './app.js';

const read = (env: Record<string, string>) => {
  const { ENABLE_RATINGS, STAR_COLOR } = reviewsSettings.schema.parse(env);
  return { ENABLE_RATINGS, STAR_COLOR };
};

test.each([
  [{}, { ENABLE_RATINGS: false, STAR_COLOR: 'black' }],
  [{ SERVICE_VERSION: 'v2' }, { ENABLE_RATINGS: true, STAR_COLOR: 'black' }],
  [{ SERVICE_VERSION: 'v3' }, { ENABLE_RATINGS: true, STAR_COLOR: 'red' }],
  [
    { SERVICE_VERSION: 'v1', ENABLE_RATINGS: 'true' },
    { ENABLE_RATINGS: true, STAR_COLOR: 'black' },
  ],
  [
    { SERVICE_VERSION: 'v3', ENABLE_RATINGS: 'false' },
    { ENABLE_RATINGS: false, STAR_COLOR: 'red' },
  ],
  [
    { SERVICE_VERSION: 'v3', STAR_COLOR: 'gold' },
    { ENABLE_RATINGS: true, STAR_COLOR: 'gold' },
  ],
  [
    { SERVICE_VERSION: 'v4', ENABLE_RATINGS: 'true' },
    { ENABLE_RATINGS: true, STAR_COLOR: 'black' },
  ],
])('%j means %j', (env, expected) => {
  expect(read(env)).toEqual(expected);
});

test('wrong settings are refused together', async () => {
  const env = {
    SERVICE_VERSION: 'v4',
    STAR_COLOR: 'red"onload',
    RATINGS_HOSTNAME: 'a/b',
    RATINGS_SERVICE_PORT: '0',
  };
  await expect(startTestService(reviews, env)).rejects.toThrow(
    [
      'wrong settings:',
      '  STAR_COLOR: "red\\"onload" is not a colour of up to 20 letters from a to z',
      '  RATINGS_HOSTNAME: "a/b" is not a host name',
      '  RATINGS_SERVICE_PORT: "0" is not a whole number from 1 to 65535',
      '  SERVICE_VERSION: "v4" is not one of v1, v2, v3; another version needs ENABLE_RATINGS',
    ].join('\n'),
  );
});

test('SERVICES_DOMAIN is appended to the host of ratings', async () => {
  const urls: unknown[] = [];
  await using proxy = await startLocalServer((req, res) => {
    urls.push(req.url);
    res.end('{}');
  });
  await using service = await startTestService(reviews, {
    SERVICE_VERSION: 'v2',
    SERVICES_DOMAIN: 'prod.example',
    HTTP_PROXY: proxy.url,
  });
  await request(service.url).get('/reviews/0');
  expect(urls).toEqual(['http://ratings.prod.example:9080/ratings/0']);
});
