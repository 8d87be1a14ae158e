import { sendRaw, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { reviews } from './app.js';

test.each([
  ['a word for an id', 'GET /reviews/abc HTTP/1.1', 400],
  ['a broken number', 'GET /reviews/1.5 HTTP/1.1', 400],
  ['an id beyond exact numbers', 'GET /reviews/9007199254740992 HTTP/1.1', 400],
  ['an id of 90 digits', `GET /reviews/${'9'.repeat(90)} HTTP/1.1`, 400],
  ['a null byte', 'GET /reviews/%00 HTTP/1.1', 400],
  ['invalid UTF-8', 'GET /reviews/%ff%fe HTTP/1.1', 400],
  ['a script', 'GET /reviews/%3Cscript%3E HTTP/1.1', 400],
  ['a path that climbs', 'GET /reviews/../../etc/passwd HTTP/1.1', 404],
  ['an escaped path that climbs', 'GET /reviews/..%2f..%2fetc HTTP/1.1', 400],
  ['a wrong method', 'DELETE /reviews/0 HTTP/1.1', 405],
  ['a wrong method with 10 MB', 'POST /reviews/0 HTTP/1.1\r\nContent-Length: 10000000', 405],
  ['a header bomb', `GET /reviews/0 HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`, 431],
])(
  '%s gets an error in JSON that repeats nothing, and the next request succeeds',
  async (_name, head, status) => {
    await using service = await startTestService(reviews);
    const response = await sendRaw(service.url, `${head}\r\nHost: reviews\r\nConnection: close\r\n\r\n`);
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*\r\n\r\n\\{"error":"[a-zA-Z ,;]+"\\}$`));
    expect((await request(service.url).get('/reviews/0')).status).toBe(200);
  },
);
