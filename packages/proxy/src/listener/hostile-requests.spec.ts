import { expect, test } from 'vitest';
import { startBackend, startTcpBackend, ask, askRaw } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import { Proxy } from './proxy.js';

const get = 'GET http://reviews/ HTTP/1.1\r\nHost: reviews\r\n';
const post = get.replace('GET', 'POST');

const chunked = `${post}Transfer-Encoding: chunked\r\n\r\n`;
const version = (name: string) => `GET http://reviews/ ${name}\r\nHost: reviews\r\n\r\n`;

test.each([
  ['an invalid request line', 'nonsense\r\n\r\n', 400],
  ['an unknown method', 'FOO / HTTP/1.1\r\nHost: reviews\r\n\r\n', 400],
  ['no Host header', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['two Host headers', `${get}Host: other\r\n\r\n`, 400],
  ['two equal Host headers', `${get}Host: reviews\r\n\r\n`, 400],
  ['20,000 headers', `${get}${'X-A: b\r\n'.repeat(20_000)}\r\n`, 431],
  ['101 headers', `${get}${'X-A: b\r\n'.repeat(100)}\r\n`, 431],
  ['a Connection that lists x-forwarded-for', `${get}Connection: close, X-Forwarded-For\r\n\r\n`, 400],
  ['a Connection that lists Host', `${get}Connection: host\r\n\r\n`, 400],
  ['a Connection that lists ten names', `${get}Connection: ${'close,'.repeat(10)}\r\n\r\n`, 400],
  ['one huge header', `${get}X-A: ${'b'.repeat(100_000)}\r\n\r\n`, 431],
  [
    'length and chunks at once',
    `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  [
    'chunks and length at once',
    `${post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    400,
  ],
  ['two lengths', `${post}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`, 400],
  ['one length twice', `${post}Content-Length: 1\r\nContent-Length: 1\r\n\r\nx`, 400],
  ['a list of lengths', `${post}Content-Length: 1, 1\r\n\r\nx`, 400],
  ['a signed length', `${post}Content-Length: +1\r\n\r\nx`, 400],
  ['a hexadecimal length', `${post}Content-Length: 0x1\r\n\r\nx`, 400],
  ['a length that is too large', `${post}Content-Length: 99999999999999999999\r\n\r\nx`, 400],
  ['another coding before chunked', `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`, 501],
  ['an empty coding before chunked', `${post}Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n`, 501],
  ['an empty coding after chunked', `${post}Transfer-Encoding: chunked,\r\n\r\n0\r\n\r\n`, 400],
  ['another coding alone', `${post}Transfer-Encoding: gzip\r\n\r\n`, 501],
  ['chunked twice', `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  ['a coding after a vertical tab', `${post}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n`, 400],
  ['a folded header', `${get}X-A: b\r\n c\r\n\r\n`, 400],
  ['a folded first header', 'GET / HTTP/1.1\r\n Host: reviews\r\n\r\n', 400],
  ['a bare LF between headers', `${get}X-A: b\nX-B: c\r\n\r\n`, 400],
  ['a bare LF after the request line', 'GET / HTTP/1.1\nHost: reviews\r\n\r\n', 400],
  ['a bare LF after the headers', `${get}\n`, 400],
  ['a bare CR in a header', `${get}X-A: b\rX-B: c\r\n\r\n`, 400],
  ['a bare CR at the end of a header', `${get}X-A: b\r\r\n\r\n`, 400],
  ['NUL in a header', `${get}X-A: b\0c\r\n\r\n`, 400],
  ['NUL in the name of a header', `${get}X\0A: b\r\n\r\n`, 400],
  ['a space before the colon', `${get}X-A : b\r\n\r\n`, 400],
  [
    'a space before the colon of Transfer-Encoding',
    `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  ['a header without a name', `${get}: b\r\n\r\n`, 400],
  ['a chunk size that is not a number', `${chunked}zz\r\n`, 400],
  ['a chunk size with 0x', `${chunked}0x1\r\nx\r\n0\r\n\r\n`, 400],
  ['a negative chunk size', `${chunked}-1\r\nx\r\n0\r\n\r\n`, 400],
  ['a chunk size that is too large', `${chunked}fffffffffffffffff\r\nx\r\n0\r\n\r\n`, 400],
  ['a space after a chunk size', `${chunked}1 \r\nx\r\n0\r\n\r\n`, 400],
  ['NUL in a chunk extension', `${chunked}1;a\0=b\r\nx\r\n0\r\n\r\n`, 400],
  ['a bare LF in a chunk extension', `${chunked}1;a\nx\r\n0\r\n\r\n`, 400],
  ['a bare CR in a chunk extension', `${chunked}1;a\rb\r\nx\r\n0\r\n\r\n`, 400],
  ['a bare LF after a chunk size', `${chunked}1\nx\r\n0\r\n\r\n`, 400],
  ['a chunk longer than its size', `${chunked}1\r\nxx\r\n0\r\n\r\n`, 400],
  ['a bare LF after a chunk', `${chunked}1\r\nx\n0\r\n\r\n`, 400],
  ['a trailer that is not a header', `${chunked}0\r\nX A: b\r\n\r\n`, 400],
  ['HTTP/1.0', version('HTTP/1.0'), 426],
  ['HTTP/0.9', version('HTTP/0.9'), 426],
  ['HTTP/2.0 in a request line', version('HTTP/2.0'), 426],
  ['an unknown version', version('HTTP/1.2'), 400],
  ['HTTP in lower case', version('http/1.1'), 400],
  ['the beginning of an HTTP/2 connection', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['a path that is not ASCII', 'GET /b\xc3\xbcch HTTP/1.1\r\nHost: reviews\r\n\r\n', 400],
  ['CONNECT', 'CONNECT reviews:443 HTTP/1.1\r\nHost: reviews\r\n\r\n', 501],
  [
    'the target * of a method other than OPTIONS',
    'GET * HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n\r\n',
    400,
  ],
  ['user information', 'GET http://a:b@reviews/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
  ['an https target', 'GET https://reviews/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
])('%s is refused and the connection closed, and the next request is served', async (_, bytes, status) => {
  const seen: (string | undefined)[] = [];
  const completed: (string | undefined)[] = [];
  await using backend = await startBackend('reviews-v1', (request, response) => {
    seen.push(request.url);
    request.resume().on('end', () => completed.push(request.url));
    response.end('reviews-v1');
  });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  // A kept connection to the backend: setting up one could take longer than closing the client's.
  await ask(proxy.port, { url: 'http://reviews/warm' });
  // Bytes behind the request on the same connection must not be parsed as another one.
  const answer = await askRaw(
    proxy.port,
    `${bytes}GET http://reviews/smuggled HTTP/1.1\r\nHost: reviews\r\n\r\n`,
  );
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  expect(seen).not.toContain('/smuggled');
  expect(completed).toEqual(['/warm']);
  expect(await ask(proxy.port)).toMatchObject({ status: 200, body: 'reviews-v1' });
});

test('OPTIONS * matches no route: 404', async () => {
  await using proxy = await Proxy.start({ role: 'sidecar', table: tableOf({}) });
  const bytes = 'OPTIONS * HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n\r\n';
  expect(await askRaw(proxy.port, bytes)).toMatch(/^HTTP\/1\.1 404 /);
});

test('a client that sends invalid bytes during its response gets no second status line', async () => {
  await using backend = await startBackend('reviews-v1', (_, response) => void response.write('first part'));
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const bytes = `${chunked}1\r\nx\r\n`;
  const answer = await askRaw(proxy.port, bytes, { after: 'first part', send: 'zz\r\n' });
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
});

test('headers that Connection lists and proxy credentials do not reach the backend', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) =>
    response.end(JSON.stringify(request.headers)),
  );
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const headers = {
    connection: 'x-secret',
    'x-secret': '1',
    'proxy-authorization': 'Basic x',
    te: 'trailers',
  };
  const seen = JSON.parse((await ask(proxy.port, { headers })).body);
  expect(seen).toMatchObject({ host: 'reviews:9080' });
  for (const name of ['x-secret', 'proxy-authorization', 'te']) expect(seen).not.toHaveProperty(name);
});

test('100 headers and nine names in Connection are served', async () => {
  await using backend = await startBackend('reviews-v1');
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const connection = `Connection: ${Array(9).fill('close').join()}\r\n`;
  const answer = await askRaw(proxy.port, `${get}${connection}${'X-A: b\r\n'.repeat(98)}\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test('rules do not match a header that Connection lists', async () => {
  await using backend = await startBackend('reviews-v1');
  const value = { kind: 'present' } as const;
  const match = {
    headers: [{ name: 'end-user', value, invert: false, missingAsEmpty: false }],
    queryParameters: [],
  };
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint], route: { match } }),
  });
  const headers = { 'end-user': 'jason' };
  expect((await ask(proxy.port, { headers })).status).toBe(200);
  const listed = { ...headers, connection: 'close, End-User' };
  expect((await ask(proxy.port, { headers: listed })).status).toBe(404);
});

test('an expectation other than 100-continue goes to the backend', async () => {
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.on('data', (data: Buffer) => {
      const expectation = /^expect: (.*)\r$/m.exec(data.toString())?.[1] ?? '';
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${expectation.length}\r\n\r\n${expectation}`);
    }),
  );
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  for (const expectation of ['200-ok', '100-continue, x'])
    expect(await ask(proxy.port, { headers: { expect: expectation } })).toMatchObject({
      status: 200,
      body: expectation,
    });
});

test('the path is forwarded as it was matched, without its dot segments', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) => response.end(request.url));
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  expect((await ask(proxy.port, { url: 'http://reviews/a/%2e%2e/b\\c?d=..' })).body).toBe('/b/c?d=..');
});

test('an offer of HTTP/2 is ignored', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) =>
    response.end(JSON.stringify(request.headers)),
  );
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABk' };
  const { status, headers: received, body } = await ask(proxy.port, { headers });
  expect(status).toBe(200);
  expect(Object.keys(JSON.parse(body) as object)).not.toContain('upgrade');
  // Another request in the same packet would be lost.
  expect(received['connection']).toBe('close');
});

test('after a response that came before the body, the connection serves the next request', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) => {
    if (request.method === 'GET') response.end('served');
    else response.writeHead(413, { connection: 'close' }).end();
  });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const body = 'x'.repeat(4_000_000);
  const bytes = `${post}Content-Length: ${body.length}\r\n\r\n${body}`;
  const answer = await askRaw(proxy.port, bytes, { after: '413', send: `${get}Connection: close\r\n\r\n` });
  expect(answer).toMatch(/^HTTP\/1.1 413 .*HTTP\/1.1 200 OK.*served$/s);
});

test('a path that is too long for a rule’s regular expression: 500 with the reason', async () => {
  await using backend = await startBackend('reviews-v1');
  const path = { kind: 'regex', value: '/(a?){1000}b', ignoreCase: false } as const;
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({
      endpoints: [backend.endpoint],
      route: { match: { path, headers: [], queryParameters: [] } },
    }),
  });
  const response = await ask(proxy.port, { url: `http://reviews/${'a'.repeat(50_000)}` });
  expect(response).toMatchObject({
    status: 500,
    body: expect.stringContaining('is too long for the regular expression'),
  });
  expect((await ask(proxy.port, { url: 'http://reviews/aab' })).status).toBe(200);
});
