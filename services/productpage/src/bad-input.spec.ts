import { sendRaw, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from './app.js';

const form = (body: string) =>
  `POST /login HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${Buffer.byteLength(body, 'latin1')}\r\n`;

test.each([
  ['invalid UTF-8 in an id', 'GET /api/v1/products/%ff%fe HTTP/1.1', 400],
  ['an id of 90 digits', `GET /api/v1/products/${'9'.repeat(90)} HTTP/1.1`, 400],
  ['a path that climbs', 'GET /static/../../etc/passwd HTTP/1.1', 404],
  ['an escaped path that climbs', 'GET /static/..%2f..%2fetc%2fpasswd HTTP/1.1', 404],
  ['a null byte in a path', 'GET /static/%00 HTTP/1.1', 404],
  ['a script in a path', 'GET /<script>alert(1)</script> HTTP/1.1', 404],
  ['a wrong method', 'DELETE /login HTTP/1.1', 405],
  ['a wrong method with 10 MB', 'POST /productpage HTTP/1.1\r\nContent-Length: 10000000', 405],
  ['a user name of 10 MB', form('').replace('Length: 0', 'Length: 10000000').trimEnd(), 413],
  [
    'a body that is not a form',
    'POST /login HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2',
    415,
  ],
  ['a header bomb', `GET /productpage HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`, 431],
])(
  '%s gets an error in JSON that repeats nothing, and the next request succeeds',
  async (_name, head, status) => {
    await using service = await startTestService(productpage);
    const response = await sendRaw(service.url, `${head}\r\nHost: productpage\r\nConnection: close\r\n\r\n`);
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*\r\n\r\n\\{"error":"[a-zA-Z ,;]+"\\}$`));
    expect((await request(service.url).get('/')).status).toBe(200);
  },
);

test.each([
  ['bytes that are not UTF-8', 'username=\xff\xfe'],
  ['escapes that are not UTF-8', 'username=%ff%fe'],
  ['a null byte', 'username=a%00b'],
  ['a second header', 'username=a%0d%0aSet-Cookie:x=y'],
  ['no name', 'passwd=x'],
])('a sign-in with %s gets a page with 400 and no session', async (_name, body) => {
  await using service = await startTestService(productpage);
  const head = `${form(body)}Host: productpage\r\nConnection: close\r\n\r\n`;
  const response = await sendRaw(service.url, Buffer.from(head + body, 'latin1'));
  expect(response).toMatch(/^HTTP\/1.1 400 [^]*content-type: text\/html[^]*That name can&rsquo;t sign in/i);
  expect(response).not.toMatch(/set-cookie/i);
  expect((await request(service.url).get('/')).status).toBe(200);
});
