import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startLocalServer, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { details } from './app.js';

const volumeInfo = {
  authors: ['William Shakespeare', 'Another Author'],
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

const responseWith = (volume: object) => JSON.stringify({ totalItems: 1, items: [{ volumeInfo: volume }] });

const without = (field: keyof typeof volumeInfo) => responseWith({ ...volumeInfo, [field]: undefined });

/** Sends one request to details v2, with `listener` in place of Google Books. */
async function find(listener: RequestListener, headers: Record<string, string> = {}) {
  await using books = await startLocalServer(listener);
  await using service = await startTestService(details, {
    SERVICE_VERSION: 'v2',
    BOOK_SERVICE_URL: books.url,
  });
  const response = await request(service.url).get('/details/3').set(headers);
  const health = await request(service.url).get('/health');
  return { status: response.status, text: response.text, stillUp: health.status === 200, log: service.log };
}

test('v2 responds with the book that the book service finds by ISBN, in the order of v1', async () => {
  let requested: string | undefined;
  const response = await find((req, res) => {
    requested = `${req.method} ${req.url}`;
    res.end(responseWith(volumeInfo));
  });
  expect(requested).toBe('GET /books/v1/volumes?q=isbn:0486424618');
  expect([response.status, response.text]).toEqual([
    200,
    '{"id":3,"author":"William Shakespeare","year":2002,"type":"paperback","pages":64,' +
      '"publisher":"Courier Corporation","language":"English","ISBN-10":"0486424618","ISBN-13":"9780486424613"}',
  ]);
});

test('another print type and another language are unknown', async () => {
  const response = await find((_req, res) => {
    res.end(responseWith({ ...volumeInfo, printType: 'MAGAZINE', language: 'fr', publishedDate: '1902' }));
  });
  expect(JSON.parse(response.text)).toMatchObject({ year: 1902, type: 'unknown', language: 'unknown' });
});

test('the book service gets the trace headers, but none that identifies the user', async () => {
  let headers: IncomingMessage['headers'] = {};
  await find(
    (req, res) => {
      headers = req.headers;
      res.end(responseWith(volumeInfo));
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

describe.concurrent('an unusable response is a 502 with the reason, and the service stays up', () => {
  const wrong = 'missing or wrong: ';

  test.each<[string, RequestListener, string]>([
    ['status 503', (_req, res) => res.writeHead(503).end('{}'), 'status 503 instead of 200'],
    ['a redirect', (_req, res) => res.writeHead(302, { location: '/' }).end(), 'status 302 instead of 200'],
    ['not JSON', (_req, res) => res.end('<html>'), 'not JSON'],
    ['null', (_req, res) => res.end('null'), `${wrong}the response`],
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
        res.end(responseWith({ ...volumeInfo, industryIdentifiers: [{ type: 'ISBN_13', identifier: '1' }] })),
      `${wrong}ISBN_10`,
    ],
    [
      'a date without a year',
      (_req, res) => res.end(responseWith({ ...volumeInfo, publishedDate: 'May' })),
      `${wrong}items.0.volumeInfo.publishedDate`,
    ],
    ['a closed connection', (req) => req.socket.destroy(), 'unreachable'],
  ])('%s', async (_name, listener, reason) => {
    const response = await find(listener);
    expect([response.status, JSON.parse(response.text)]).toEqual([
      502,
      { error: `the book service gave no book: ${reason}` },
    ]);
    expect(response.stillUp).toBe(true);
    expect(response.log).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: expect.stringContaining('book service: ') }),
    );
  });

  test('none within 5 s', async () => {
    const response = await find(() => {});
    expect([response.status, response.text]).toEqual([
      502,
      '{"error":"the book service gave no book: timeout"}',
    ]);
    expect(response.log).toContainEqual(
      expect.objectContaining({ msg: expect.stringContaining('no response within 5000 ms') }),
    );
  });
});

describe('without BOOK_SERVICE_URL the book service is www.googleapis.com', () => {
  test('by HTTP when DO_NOT_ENCRYPT is true', async () => {
    let requested: string | undefined;
    await using proxy = await startLocalServer((req, res) => {
      requested = req.url;
      res.end(responseWith(volumeInfo));
    });
    await using service = await startTestService(details, {
      ENABLE_EXTERNAL_BOOK_SERVICE: 'true',
      DO_NOT_ENCRYPT: 'true',
      HTTP_PROXY: proxy.url,
    });
    expect((await request(service.url).get('/details/0')).status).toBe(200);
    expect(requested).toBe('http://www.googleapis.com/books/v1/volumes?q=isbn:0486424618');
  });

  test('by HTTPS otherwise', async () => {
    let requested: string | undefined;
    await using proxy = createServer().on('connect', (req, socket) => {
      requested = req.url;
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    await using service = await startTestService(details, {
      ENABLE_EXTERNAL_BOOK_SERVICE: 'true',
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    });
    expect((await request(service.url).get('/details/0')).status).toBe(502);
    expect(requested).toBe('www.googleapis.com:443');
  });
});

test('ENABLE_EXTERNAL_BOOK_SERVICE wins over the version', async () => {
  await using service = await startTestService(details, {
    SERVICE_VERSION: 'v2',
    ENABLE_EXTERNAL_BOOK_SERVICE: 'false',
  });
  expect((await request(service.url).get('/details/0')).body).toMatchObject({ publisher: 'PublisherA' });
});
