import request from 'supertest';
import { beforeAll, describe, expect, test } from 'vitest';
import { podUrl } from '../pod-url.ts';

// docs/bookinfo-contract.md, "details", "reviews" and "ratings".
const DETAILS = {
  author: 'William Shakespeare',
  year: 1595,
  type: 'paperback',
  pages: 200,
  publisher: 'PublisherA',
  language: 'English',
  'ISBN-10': '1234567890',
  'ISBN-13': '123-1234567890',
};

const NOT_NUMBERS = [
  'abc',
  '1.5',
  '1e3',
  '',
  '%00',
  '..%2f..%2fetc',
  '99999999999999999999',
  '0x10',
  '%F0%9F%98%80',
];

describe('details', () => {
  let details: string;
  beforeAll(async () => {
    details = await podUrl('details-v1');
  });

  test.each([0, 1, 7, -3, 123456789])('GET /details/%i is the book, with that id', async (id) => {
    const answer = await request(details).get(`/details/${id}`);
    expect([answer.status, answer.headers['content-type']]).toEqual([
      200,
      expect.stringContaining('application/json'),
    ]);
    expect(answer.text).toBe(JSON.stringify({ id, ...DETAILS }));
  });

  test.each(NOT_NUMBERS.filter(Boolean))('GET /details/%s is a 400 with the reason', async (id) => {
    const answer = await request(details).get(`/details/${id}`);
    expect([answer.status, Object.keys(answer.body)]).toEqual([400, ['error']]);
  });

  test('GET /health is a 200 with the text of the contract', async () => {
    const answer = await request(details).get('/health');
    expect([answer.status, answer.body]).toEqual([200, { status: 'Details is healthy' }]);
  });
});

describe('reviews', () => {
  test.each(['v1', 'v2', 'v3'])(
    'GET /reviews/7 of %s is two reviews with the id as a string',
    async (version) => {
      const { status, body } = await request(await podUrl(`reviews-${version}`)).get('/reviews/7');
      expect([status, Object.keys(body)]).toEqual([200, ['id', 'podname', 'clustername', 'reviews']]);
      expect(body).toMatchObject({ id: '7', clustername: 'null' });
      expect(body.podname).toMatch(new RegExp(`^reviews-${version}-`));
      expect(body.reviews.map((review: object) => Object.keys(review).slice(0, 2))).toEqual([
        ['reviewer', 'text'],
        ['reviewer', 'text'],
      ]);
    },
  );

  test.each([
    ['v1', [undefined, undefined]],
    [
      'v2',
      [
        { stars: 5, color: 'black' },
        { stars: 4, color: 'black' },
      ],
    ],
    [
      'v3',
      [
        { stars: 5, color: 'red' },
        { stars: 4, color: 'red' },
      ],
    ],
  ])('%s carries its own kind of rating', async (version, ratings) => {
    const { body } = await request(await podUrl(`reviews-${version}`)).get('/reviews/0');
    expect(body.reviews.map((review: { rating?: object }) => review.rating)).toEqual(ratings);
  });

  test('GET /health is a 200 with the text of the contract', async () => {
    const answer = await request(await podUrl('reviews-v1')).get('/health');
    expect([answer.status, answer.body]).toEqual([200, { status: 'Reviews is healthy' }]);
  });

  test.each(NOT_NUMBERS.filter(Boolean))('GET /reviews/%s is a 400 with the reason', async (id) => {
    const answer = await request(await podUrl('reviews-v1')).get(`/reviews/${id}`);
    expect([answer.status, Object.keys(answer.body)]).toEqual([400, ['error']]);
  });
});

describe('ratings', () => {
  let ratings: string;
  beforeAll(async () => {
    ratings = await podUrl('ratings-v1');
  });

  test.each([0, 5, -1])('GET /ratings/%i is compact JSON with a numeric id', async (id) => {
    const answer = await request(ratings).get(`/ratings/${id}`);
    expect([answer.status, answer.text]).toEqual([
      200,
      `{"id":${id},"ratings":{"Reviewer1":5,"Reviewer2":4}}`,
    ]);
  });

  test.each([...NOT_NUMBERS, '7/'])(
    'GET /ratings/%s is a 400 that asks for a numeric product ID',
    async (id) => {
      const answer = await request(ratings).get(`/ratings/${id}`);
      expect([answer.status, answer.body]).toEqual([400, { error: 'please provide numeric product ID' }]);
    },
  );

  test('POST /ratings/41 stores and echoes the ratings, with any Content-Type', async () => {
    const posted = await request(ratings)
      .post('/ratings/41')
      .type('text/plain')
      .send('{"Reviewer1":1,"Reviewer2":2}');
    const stored = { id: 41, ratings: { Reviewer1: 1, Reviewer2: 2 } };
    expect([posted.status, posted.body]).toEqual([200, stored]);
    expect((await request(ratings).get('/ratings/41')).body).toEqual(stored);
    expect((await request(ratings).get('/ratings/42')).body.ratings).toEqual({ Reviewer1: 5, Reviewer2: 4 });
  });

  test.each(['', '{', '[]', '5', 'null', '{"a":0}', '{"a":6}', '{"a":1.5}', '{"a":"5"}'])(
    'POST of %j asks for valid ratings JSON',
    async (body) => {
      const answer = await request(ratings).post('/ratings/43').type('json').send(body);
      expect([answer.status, answer.body.error]).toEqual([
        400,
        expect.stringMatching(/^please provide valid ratings JSON/),
      ]);
    },
  );

  test('GET /health is a 200 with the text of the contract', async () => {
    const answer = await request(ratings).get('/health');
    expect([answer.status, answer.body]).toEqual([200, { status: 'Ratings is healthy' }]);
  });

  test('an unknown path is a 404', async () => {
    expect((await request(ratings).get('/nothing')).status).toBe(404);
  });
});
