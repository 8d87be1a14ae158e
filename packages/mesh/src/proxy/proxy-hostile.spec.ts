import { expect, test } from 'vitest';
import { startBackend } from '../../test/backend.js';
import { ask, askRaw } from '../../test/http.js';
import { tableOf } from '../../test/route-table.js';
import { Proxy } from './proxy.js';

const get = 'GET http://reviews/ HTTP/1.1\r\nHost: reviews\r\n';

test.each([
  ['a request line that is none', 'nonsense\r\n\r\n', '400 Bad Request'],
  ['a method that does not exist', 'FOO / HTTP/1.1\r\nHost: reviews\r\n\r\n', '400 Bad Request'],
  ['no Host header', 'GET / HTTP/1.1\r\n\r\n', '400 Bad Request'],
  ['a header bomb', `${get}${'X-A: b\r\n'.repeat(20_000)}\r\n`, '431 Request Header Fields Too Large'],
  ['one huge header', `${get}X-A: ${'b'.repeat(100_000)}\r\n\r\n`, '431 Request Header Fields Too Large'],
  [
    'length and chunks at once',
    `${get}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx`,
    '400 Bad Request',
  ],
  ['two lengths', `${get}Content-Length: 1\r\nContent-Length: 2\r\n\r\nx`, '400 Bad Request'],
  ['a chunk size that is none', `${get}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, '400 Bad Request'],
  ['a folded header', `${get}X-A: b\r\n c\r\nBroken\r\n\r\n`, '400 Bad Request'],
  ['a path that is not ASCII', 'GET /b\xc3\xbcch HTTP/1.1\r\nHost: reviews\r\n\r\n', '400 Bad Request'],
  ['CONNECT', 'CONNECT reviews:443 HTTP/1.1\r\nHost: reviews\r\n\r\n', '501 Not Implemented'],
  ['Upgrade', `${get}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, '501 Not Implemented'],
  [
    'user information',
    'GET http://a:b@reviews/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    '400 Bad Request',
  ],
  [
    'an https target',
    'GET https://reviews/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    '400 Bad Request',
  ],
])('%s is refused, and the next request is served', async (_, bytes, status) => {
  let bytesSeen = 0;
  await using backend = await startBackend('reviews-v1', (request, response) => {
    request.on('data', (chunk: Buffer) => (bytesSeen += chunk.length));
    response.end('reviews-v1');
  });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  expect(await askRaw(proxy.port, bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status}\r\n`));
  expect(bytesSeen).toBe(0);
  expect(await ask(proxy.port)).toMatchObject({ status: 200, body: 'reviews-v1' });
});

test('a client that sends rubbish while its answer streams gets no second status line', async () => {
  await using backend = await startBackend('reviews-v1', (_, response) => void response.write('first part'));
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const bytes = `${get.replace('GET', 'POST')}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n`;
  const answer = await askRaw(proxy.port, bytes, { after: 'first part', send: 'zz\r\n' });
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
});

test('what Connection lists and proxy credentials do not reach the backend', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) =>
    response.end(JSON.stringify(request.headers)),
  );
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const headers = {
    connection: 'x-secret, host',
    'x-secret': '1',
    'proxy-authorization': 'Basic x',
    te: 'trailers',
  };
  const seen = JSON.parse((await ask(proxy.port, { headers })).body);
  expect(seen).toMatchObject({ host: 'reviews:9080' });
  for (const name of ['x-secret', 'proxy-authorization', 'te']) expect(seen).not.toHaveProperty(name);
});

test('the path is sent on as it was matched, without its dot segments', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) => response.end(request.url));
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  expect((await ask(proxy.port, { url: 'http://reviews/a/%2e%2e/b\\c?d=..' })).body).toBe('/b/c?d=..');
});

test('an offer of HTTP/2 is passed over', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) =>
    response.end(JSON.stringify(request.headers)),
  );
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABk' };
  const { status, body } = await ask(proxy.port, { headers });
  expect(status).toBe(200);
  expect(Object.keys(JSON.parse(body) as object)).not.toContain('upgrade');
});

test('a connection whose request was answered before its body came serves the next request', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) => {
    if (request.method === 'GET') response.end('served');
    else response.writeHead(413, { connection: 'close' }).end();
  });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const body = 'x'.repeat(4_000_000);
  const post = `POST http://reviews/ HTTP/1.1\r\nHost: reviews\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const answer = await askRaw(proxy.port, post, { after: '413', send: `${get}Connection: close\r\n\r\n` });
  expect(answer).toMatch(/^HTTP\/1.1 413 .*HTTP\/1.1 200 OK.*served$/s);
});
