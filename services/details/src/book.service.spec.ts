import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startLocalServer, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { details } from './service.js';

const volumeInfo = {
  authors: ['William Shakespeare', 'Somebody Else'],
  publishedDate: '2002-08-05',
  printType: 'BOOK',
  pageCount: 64,
  publisher: 'Courier Corporation',
  language: 'en',
  industryIdentifiers: [
    { type: 'OTHER', identifier: 'x' },
    { type: 'ISBN_13', identifier: '9780486424613' },
    { type: 'ISBN_10', identifier: '0486424618' },
  ],
};

const answerOf = (volume: object) => JSON.stringify({ totalItems: 1, items: [{ volumeInfo: volume }] });

const without = (field: keyof typeof volumeInfo) => answerOf({ ...volumeInfo, [field]: undefined });

/** Asks details v2 once while `listener` stands in for Google Books. */
async function ask(listener: RequestListener, headers: Record<string, string> = {}) {
  await using books = await startLocalServer(listener);
  await using service = await startTestService(details, {
    SERVICE_VERSION: 'v2',
    BOOK_SERVICE_URL: books.url,
  });
  const answer = await request(service.url).get('/details/3').set(headers);
  const health = await request(service.url).get('/health');
  return { status: answer.status, text: answer.text, stillUp: health.status === 200, log: service.log };
}

test('v2 tells of the book that the book service finds by ISBN, in the order of v1', async () => {
  let asked: string | undefined;
  const answer = await ask((req, res) => {
    asked = `${req.method} ${req.url}`;
    res.end(answerOf(volumeInfo));
  });
  expect(asked).toBe('GET /books/v1/volumes?q=isbn:0486424618');
  expect([answer.status, answer.text]).toEqual([
    200,
    '{"id":3,"author":"William Shakespeare","year":2002,"type":"paperback","pages":64,' +
      '"publisher":"Courier Corporation","language":"English","ISBN-10":"0486424618","ISBN-13":"9780486424613"}',
  ]);
});

test('another kind of print and another language are unknown', async () => {
  const answer = await ask((_req, res) => {
    res.end(answerOf({ ...volumeInfo, printType: 'MAGAZINE', language: 'fr', publishedDate: '1902' }));
  });
  expect(JSON.parse(answer.text)).toMatchObject({ year: 1902, type: 'unknown', language: 'unknown' });
});

test('the trace goes along to the book service, the caller’s identity does not', async () => {
  let headers: IncomingMessage['headers'] = {};
  await ask(
    (req, res) => {
      headers = req.headers;
      res.end(answerOf(volumeInfo));
    },
    {
      traceparent: '00-a-b-01',
      'x-request-id': 'r1',
      cookie: 'session=s',
      authorization: 'Bearer t',
      'end-user': 'jason',
    },
  );
  expect(headers).toMatchObject({ traceparent: '00-a-b-01', 'x-request-id': 'r1' });
  for (const name of ['cookie', 'authorization', 'end-user']) expect(headers).not.toHaveProperty(name);
});

describe.concurrent('an answer that cannot be used is a 502 that says why, and the service stays up', () => {
  const wrong = 'missing or wrong: ';

  test.each<[string, RequestListener, string]>([
    ['status 503', (_req, res) => res.writeHead(503).end('{}'), 'status 503 instead of 200'],
    ['a redirect', (_req, res) => res.writeHead(302, { location: '/' }).end(), 'status 302 instead of 200'],
    ['not JSON', (_req, res) => res.end('<html>'), 'not JSON'],
    ['null', (_req, res) => res.end('null'), `${wrong}the answer`],
    ['no items', (_req, res) => res.end('{"totalItems":0}'), `${wrong}items`],
    ['items without one', (_req, res) => res.end('{"items":[]}'), `${wrong}items.0`],
    ['no authors', (_req, res) => res.end(without('authors')), `${wrong}items.0.volumeInfo.authors`],
    [
      'no ISBN',
      (_req, res) => res.end(without('industryIdentifiers')),
      `${wrong}items.0.volumeInfo.industryIdentifiers`,
    ],
    [
      'no ISBN of 10 digits',
      (_req, res) =>
        res.end(answerOf({ ...volumeInfo, industryIdentifiers: [{ type: 'ISBN_13', identifier: '1' }] })),
      `${wrong}ISBN_10`,
    ],
    [
      'a date without a year',
      (_req, res) => res.end(answerOf({ ...volumeInfo, publishedDate: 'May' })),
      `${wrong}items.0.volumeInfo.publishedDate`,
    ],
    ['a hang-up', (req) => req.socket.destroy(), 'unreachable'],
  ])('%s', async (_what, listener, reason) => {
    const answer = await ask(listener);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      502,
      { error: `the book service gave no book: ${reason}` },
    ]);
    expect(answer.stillUp).toBe(true);
    expect(answer.log).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: expect.stringContaining('book service: ') }),
    );
  });

  test('late: it is given up on after 5 s', { timeout: 10_000 }, async () => {
    const start = performance.now();
    const answer = await ask(() => {});
    const took = performance.now() - start;
    expect([answer.status, answer.text]).toEqual([502, '{"error":"the book service gave no book: timeout"}']);
    expect(took).toBeGreaterThan(4990);
    expect(took).toBeLessThan(8000);
  });
});

describe('without BOOK_SERVICE_URL the book service is www.googleapis.com', () => {
  test('by HTTP when DO_NOT_ENCRYPT is true', async () => {
    let asked: string | undefined;
    await using proxy = await startLocalServer((req, res) => {
      asked = req.url;
      res.end(answerOf(volumeInfo));
    });
    await using service = await startTestService(details, {
      ENABLE_EXTERNAL_BOOK_SERVICE: 'true',
      DO_NOT_ENCRYPT: 'true',
      HTTP_PROXY: proxy.url,
    });
    expect((await request(service.url).get('/details/0')).status).toBe(200);
    expect(asked).toBe('http://www.googleapis.com/books/v1/volumes?q=isbn:0486424618');
  });

  test('by HTTPS otherwise', async () => {
    let asked: string | undefined;
    await using proxy = createServer().on('connect', (req, socket) => {
      asked = req.url;
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    await using service = await startTestService(details, {
      ENABLE_EXTERNAL_BOOK_SERVICE: 'true',
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    });
    expect((await request(service.url).get('/details/0')).status).toBe(502);
    expect(asked).toBe('www.googleapis.com:443');
  });
});

test('ENABLE_EXTERNAL_BOOK_SERVICE wins over the version', async () => {
  await using service = await startTestService(details, {
    SERVICE_VERSION: 'v2',
    ENABLE_EXTERNAL_BOOK_SERVICE: 'false',
  });
  expect((await request(service.url).get('/details/0')).body).toMatchObject({ publisher: 'PublisherA' });
});
