import { head, type RequestCase } from './request-case.ts';

const EXPECTATIONS = [
  '100-continue',
  '100-Continue',
  '100-continue, x',
  'x, 100-continue',
  'x',
  '',
  '200-ok',
  '100',
  '100-continue;q=1',
  ' 100-continue ',
];
const UPGRADES = [
  'websocket',
  'WebSocket',
  'h2c',
  'H2C',
  'tls',
  'TLS/1.2',
  'websocket, h2c',
  'h2c, websocket',
  '',
  'x',
  'HTTP/2.0',
  'connect-udp',
];
const CONNECTIONS = [
  'close',
  'Close',
  'keep-alive',
  'x-a',
  'x-a, close',
  'X-A,X-B',
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'x-case',
  'x-forwarded-for',
  'X-Forwarded-Host',
  'x-forwarded-proto',
  'close, x-forwarded-for',
  ':path',
  ':authority',
  ',',
  '',
  ' , ',
  'te',
  'te, close',
  'upgrade',
  'cookie',
  'authorization',
  'x-request-id',
  'x a',
  'close;q=1',
  'expect',
  'trailer',
  'http2-settings',
  'a\xe9',
  'proxy-connection',
  ...[8, 9, 10, 11, 100].map((count) => Array.from({ length: count }, (_, index) => `x-${index}`).join(', ')),
  ...[9, 10].map((count) => Array(count).fill('close').join(',')),
];
const SPECIAL_HEADERS = [
  'TE: trailers',
  'TE: gzip',
  'Trailer: x',
  'Keep-Alive: timeout=5',
  'Proxy-Connection: close',
  'Proxy-Authorization: x',
  'Cookie: a=1\r\nCookie: b=2',
  'Max-Forwards: 0',
  'Forwarded: for=x',
  'X-Forwarded-For: x',
  'X-Forwarded-For: 1.2.3.4, x',
  'X-Forwarded-Proto: https',
  'X-Forwarded-Host: x',
  'X-Request-Id: a',
  'X-Envoy-Retry-On: 5xx',
  'X-Envoy-Original-Path: /x',
  'X-Envoy-Upstream-Rq-Timeout-Ms: 1',
  'Via: x',
  'Age: x',
  'Upgrade: x',
  'Host: other',
  'Host: reviews',
  'host: reviews',
  'A: b\r\nA: c',
  'Authorization: a\r\nAuthorization: b',
  'User-Agent: a\r\nUser-Agent: b',
  'Accept: a\r\nAccept: b',
  'Content-Type: a\r\nContent-Type: b',
  'Range: bytes=0-0',
  'A:',
  'A:b',
  'A:  b  ',
  ': b',
  'A',
  ' A: b',
  'A:: b',
  ':path: /x',
  ':authority: x',
  '__proto__: x',
  'X-Case: 999999',
  'grpc-timeout: 1n',
  'Content-Type: application/grpc',
  'Origin: http://evil.example',
  'Access-Control-Request-Method: PUT',
  'Refresh: 0',
];
const COUNTS = [50, 97, 98, 99, 100, 101, 102, 500, 1000, 3000];
const SIZES = [1000, 8000, 16_000, 32_000, 50_000, 59_000, 61_000, 62_000, 70_000, 200_000];

const next = (id: number, path: string): string =>
  `GET /${path} HTTP/1.1\r\nHost: reviews\r\nX-Case: ${id}\r\n\r\n`;

/** Requests of which some are good, in one packet. */
const PIPELINES: Record<string, (id: number) => string> = {
  'ten good ones': (id) => Array.from({ length: 10 }, (_, index) => next(id, `p${index}`)).join(''),
  'a hundred good ones': (id) => Array.from({ length: 100 }, (_, index) => next(id, `p${index}`)).join(''),
  'good, nonsense': (id) => `${next(id, 'a')}NONSENSE\r\n\r\n`,
  'good, NUL': (id) => `${next(id, 'a')}\0`,
  'good, HTTP/1.0, good': (id) =>
    `${next(id, 'a')}GET / HTTP/1.0\r\nHost: reviews\r\nX-Case: ${id}\r\n\r\n${next(id, 'b')}`,
  'good, no Host': (id) => `${next(id, 'a')}GET /b HTTP/1.1\r\nX-Case: ${id}\r\n\r\n`,
  'good, close, good': (id) =>
    `${next(id, 'a')}GET /b HTTP/1.1\r\nHost: reviews\r\nX-Case: ${id}\r\nConnection: close\r\n\r\n${next(id, 'c')}`,
  'close and one byte': (id) =>
    `GET /a HTTP/1.1\r\nHost: reviews\r\nX-Case: ${id}\r\nConnection: close\r\n\r\nX`,
  'a body longer than its length': (id) => `${head(id, 'POST')}Content-Length: 5\r\n\r\nhelloX`,
  'close and a body longer than its length': (id) =>
    `${head(id, 'POST')}Connection: close\r\nContent-Length: 5\r\n\r\nhelloX`,
  'good, bad chunk': (id) => `${next(id, 'a')}${head(id, 'POST')}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  'good, unknown coding': (id) =>
    `${next(id, 'a')}${head(id, 'POST')}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  'good, CONNECT': (id) =>
    `${next(id, 'a')}CONNECT reviews:80 HTTP/1.1\r\nHost: reviews\r\nX-Case: ${id}\r\n\r\n`,
  'good, upgrade to tls': (id) => `${next(id, 'a')}${head(id)}Connection: Upgrade\r\nUpgrade: tls\r\n\r\n`,
  'post, post': (id) =>
    `${head(id, 'POST')}Content-Length: 2\r\n\r\nab${head(id, 'POST', '/b')}Transfer-Encoding: chunked\r\n\r\n1\r\nc\r\n0\r\n\r\n`,
  'TLS ClientHello': () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'HTTP/2 preface': () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'only line ends': () => '\r\n\r\n\r\n',
};

/** Returns requests with a special header, many headers, an upgrade, or others in the same packet. */
export function messageRequests(): RequestCase[] {
  return [
    ...EXPECTATIONS.map((value) => headerCase('Expect', `Expect: ${value}`)),
    ...EXPECTATIONS.map((value): RequestCase => ({
      group: 'Expect',
      name: `${JSON.stringify(value)} with a body`,
      bytes: (id) => `${head(id, 'POST')}Expect: ${value}\r\nContent-Length: 2\r\n\r\nab`,
    })),
    ...UPGRADES.map((value) => headerCase('Upgrade', `Connection: Upgrade\r\nUpgrade: ${value}`)),
    ...UPGRADES.map((value) =>
      headerCase('Upgrade', `Connection: Upgrade\r\nUpgrade: ${value}\r\nContent-Length: 0`),
    ),
    ...CONNECTIONS.map((value) =>
      headerCase('Connection', `Connection: ${value}\r\nX-A: a\r\nCookie: c=d\r\nX-0: 0`),
    ),
    ...SPECIAL_HEADERS.map((line) => headerCase('special header', line)),
    ...COUNTS.map((count) =>
      headerCase('number of headers', 'A: b\r\n'.repeat(count).slice(0, -2), `${count} more`),
    ),
    ...SIZES.map((size) => headerCase('size of a header', `A: ${'b'.repeat(size)}`, `${size} bytes`)),
    ...SIZES.map((size) => headerCase('size of a name', `${'a'.repeat(size)}: b`, `${size} bytes`)),
    ...Object.entries(PIPELINES).map(([name, bytes]): RequestCase => ({ group: 'pipelining', name, bytes })),
  ];
}

function headerCase(group: string, line: string, name = JSON.stringify(line.slice(0, 60))): RequestCase {
  return { group, name, bytes: (id) => `${head(id)}${line}\r\n\r\n` };
}
