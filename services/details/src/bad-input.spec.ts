import { sendRaw, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { details } from './app.js';

test.each([
  ['a word for an id', 'GET /details/abc HTTP/1.1', 400],
  ['a broken number', 'GET /details/1.5 HTTP/1.1', 400],
  ['an id beyond exact numbers', 'GET /details/9007199254740992 HTTP/1.1', 400],
  ['an id of 90 digits', `GET /details/${'9'.repeat(90)} HTTP/1.1`, 400],
  ['a null byte', 'GET /details/%00 HTTP/1.1', 400],
  ['invalid UTF-8', 'GET /details/%ff%fe HTTP/1.1', 400],
  ['a script', 'GET /details/%3Cscript%3E HTTP/1.1', 400],
  ['a path that climbs', 'GET /details/../../etc/passwd HTTP/1.1', 404],
  ['an escaped path that climbs', 'GET /details/..%2f..%2fetc HTTP/1.1', 400],
  ['a wrong method', 'DELETE /details/0 HTTP/1.1', 405],
  ['a wrong method with 10 MB', 'POST /details/0 HTTP/1.1\r\nContent-Length: 10000000', 405],
  ['a header bomb', `GET /details/0 HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`, 431],
])(
  '%s gets an error in JSON that repeats nothing, and the next request succeeds',
  async (_name, head, status) => {
    await using service = await startTestService(details);
    const response = await sendRaw(service.url, `${head}\r\nHost: details\r\nConnection: close\r\n\r\n`);
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*\r\n\r\n\\{"error":"[a-zA-Z ,;]+"\\}$`));
    expect((await request(service.url).get('/details/0')).status).toBe(200);
  },
);
