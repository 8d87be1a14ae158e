import { sendRaw, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { ratings } from './app.js';

test.each([
  ['a word for an id', 'GET /ratings/abc HTTP/1.1', 400],
  ['a broken number', 'GET /ratings/1.5 HTTP/1.1', 400],
  ['an id beyond exact numbers', 'GET /ratings/9007199254740992 HTTP/1.1', 400],
  ['an id of 90 digits', `GET /ratings/${'9'.repeat(90)} HTTP/1.1`, 400],
  ['a null byte', 'GET /ratings/%00 HTTP/1.1', 400],
  ['invalid UTF-8', 'GET /ratings/%ff%fe HTTP/1.1', 400],
  ['a script', 'GET /ratings/%3Cscript%3E HTTP/1.1', 400],
  ['a path that climbs', 'GET /ratings/../../etc/passwd HTTP/1.1', 400],
  ['an escaped path that climbs', 'GET /ratings/..%2f..%2fetc HTTP/1.1', 400],
  ['a wrong method', 'DELETE /ratings/0 HTTP/1.1', 405],
  ['a body of 10 MB', 'POST /ratings/0 HTTP/1.1\r\nContent-Length: 10000000', 413],
  ['a header bomb', `GET /ratings/0 HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`, 431],
])(
  '%s gets an error in JSON that repeats nothing, and the next request succeeds',
  async (_name, head, status) => {
    await using service = await startTestService(ratings);
    const response = await sendRaw(service.url, `${head}\r\nHost: ratings\r\nConnection: close\r\n\r\n`);
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*\r\n\r\n\\{"error":"[a-zA-Z ,;]+"\\}$`));
    expect((await request(service.url).get('/ratings/0')).status).toBe(200);
  },
);
