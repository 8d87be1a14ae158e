import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { podUrl } from '../pod-url.ts';
import { target } from '../../support/target/index.ts';
import { viewPage } from '../../support/page.ts';

const SERVICES = ['productpage-v1', 'details-v1', 'reviews-v3', 'ratings-v1'];

/** Sends the bytes and returns the response. */
function send(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
    socket.on('data', (chunk) => {
      answer += String(chunk);
      if (isComplete(answer)) socket.destroy();
    });
    socket.write(bytes);
  });
}

function isComplete(answer: string): boolean {
  const [head, ...body] = answer.split('\r\n\r\n');
  const length = /content-length: (\d+)/i.exec(head ?? '')?.[1];
  return length !== undefined && body.join('\r\n\r\n').length >= Number(length);
}

const get = (path: string, headers = '') =>
  `GET ${path} HTTP/1.1\r\nHost: a\r\n${headers}Connection: close\r\n\r\n`;

const REQUESTS: [string, string | Buffer][] = [
  ['a path that cannot be decoded', get('/%zz')],
  ['a NUL in the path', get('/details/%00')],
  ['dot segments', get('/static/../../../../etc/passwd')],
  ['encoded dot segments', get('/static/%2e%2e%2f%2e%2e%2fetc%2fpasswd')],
  ['a path with markup', get('/<script>alert(1)</script>')],
  ['a header bomb', get('/', `X-Bomb: ${'x'.repeat(100_000)}\r\n`)],
  ['a thousand headers', get('/nothing', Array.from({ length: 3000 }, (_, i) => `X-${i}: y\r\n`).join(''))],
  ['an unknown method', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n'],
  [
    'a body of 10 MB',
    `POST /ratings/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n${'x'.repeat(10_000_000)}`,
  ],
  ['two lengths', 'POST /ratings/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx'],
  [
    'a length and a transfer encoding',
    'POST /ratings/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  [
    'bytes that are no UTF-8',
    Buffer.concat([Buffer.from('GET /\xff\xfe', 'latin1'), Buffer.from([0xc3, 0x28, 0x0d, 0x0a])]),
  ],
];

async function portOf(server: string): Promise<number> {
  const url = server === 'the gateway' ? target.ingressUrl : await podUrl(server);
  return Number(new URL(url).port);
}

describe.each([...SERVICES, 'the gateway'])('%s', (server) => {
  test.each(REQUESTS)('responds to %s by a 4xx with the reason, and serves on', async (_what, bytes) => {
    const answer = await send(await portOf(server), bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toMatch(/<script>|\n\s+at |node_modules|root:/);
    expect((await viewPage()).status).toBe(200);
  });
});
