import { expect, test } from 'vitest';
import { ProtocolError } from './header-line.js';
import { ResponseParser } from './response-parser.js';

interface Read {
  status?: number;
  headers: string[];
  body: string;
  isComplete: boolean;
  endsWithConnection: boolean;
  /** The number of bytes after the response. */
  surplus: number;
}

/** Parses a response that arrives in these pieces. */
function read(pieces: readonly string[], method = 'GET'): Read {
  const seen: Pick<Read, 'status' | 'headers' | 'body'> = { headers: [], body: '' };
  const parser = new ResponseParser(method, {
    onHead: ({ status, headers }) => Object.assign(seen, { status, headers: headers.toRaw() }),
    onData: (data) => (seen.body += data.toString('latin1')),
  });
  let surplus = 0;
  for (const piece of pieces) {
    const bytes = Buffer.from(piece, 'latin1');
    surplus += parser.isComplete ? bytes.length : bytes.length - parser.read(bytes);
  }
  const { isComplete, endsWithConnection } = parser;
  return { ...seen, isComplete, endsWithConnection, surplus };
}

const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';

test.each([
  ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'hello'],
  ['chunks', `${chunked}3\r\nhel\r\n2;a="b"\r\nlo\r\n0\r\nX-Trailer: x\r\n\r\n`, 'hello'],
  ['a hexadecimal size', `${chunked}0A\r\n0123456789\r\n000\r\n\r\n`, '0123456789'],
  ['line ends of a bare LF', 'HTTP/1.1 200 OK\nX-A: b\r\nContent-Length: 5\n\nhello', 'hello'],
  ['an empty line that ends in CR LF', 'HTTP/1.1 200 OK\nContent-Length: 5\n\r\nhello', 'hello'],
  ['no body', 'HTTP/1.1 204 No Content\r\nETag: "x"\r\n\r\n', ''],
  [
    'interim responses',
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${chunked}0\r\n\r\n`,
    '',
  ],
])('a response with %s is parsed the same way, however its bytes are split', (_, response, body) => {
  const whole = read([response]);
  expect(whole).toMatchObject({ body, isComplete: true, surplus: 0 });
  for (let split = 1; split < response.length; split += 1)
    expect(read([response.slice(0, split), response.slice(split)])).toEqual(whole);
  expect(read(Array.from(response))).toEqual(whole);
});

test('names become lower case, blanks around values are removed, and repeated headers stay apart', () => {
  const lines =
    'Set-Cookie:a=1\r\nSET-COOKIE: \t b=2 c \t\r\nX-Empty:\r\nX-Latin: caf\xe9\r\nContent-Length: 0';
  expect(read([`HTTP/1.1 200\r\n${lines}\r\n\r\n`]).headers).toEqual([
    'set-cookie',
    'a=1',
    'set-cookie',
    'b=2 c',
    'x-empty',
    '',
    'x-latin',
    'caf\xe9',
    'content-length',
    '0',
  ]);
});

test('bytes after the end of a response do not belong to it', () => {
  const response = `${chunked}1\r\nx\r\n0\r\n\r\n`;
  for (let split = 1; split <= response.length; split += 1)
    expect(read([response.slice(0, split), `${response.slice(split)}HTTP`]).surplus).toBe(4);
});

test.each([
  ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'],
  ['HEAD', chunked],
  ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
])('the response to %s has no body after the head %j', (method, response) => {
  expect(read([response], method)).toMatchObject({ body: '', isComplete: true });
});

test('a response without a length ends with its connection', () => {
  const response = 'HTTP/1.0 200 OK\r\n\r\nhel';
  expect(read([response, 'lo'])).toMatchObject({
    body: 'hello',
    isComplete: false,
    endsWithConnection: true,
  });
});

const ok = 'HTTP/1.1 200 OK\r\n';

test.each([
  ['another protocol', 'SSH-2.0-OpenSSH'],
  ['HTTP/2', 'HTTP/2 200\r\n\r\n'],
  ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
  ['a status below 100', 'HTTP/1.1 099 OK\r\n\r\n'],
  ['two spaces before the status', 'HTTP/1.1  200 OK\r\n\r\n'],
  ['a header without a colon', `${ok}broken\r\n\r\n`],
  ['a header without a name', `${ok}: x\r\n\r\n`],
  ['a space before the colon', `${ok}Content-Length : 0\r\n\r\n`],
  ['a folded header', `${ok}X-A: b\r\n c\r\n\r\n`],
  ['a bare CR', `${ok}X-A: b\rX-B: c\r\n\r\n`],
  ['a NUL', `${ok}X-A: b\0c\r\n\r\n`],
  ['length and chunks at once', `${ok}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`],
  ['two lengths', `${ok}Content-Length: 1\r\nContent-Length: 1\r\n\r\n`],
  ['a list of lengths', `${ok}Content-Length: 1, 1\r\n\r\n`],
  ['a length with a sign', `${ok}Content-Length: +1\r\n\r\n`],
  ['an empty length', `${ok}Content-Length:\r\n\r\n`],
  ['a length that is too large', `${ok}Content-Length: 99999999999999999999\r\n\r\n`],
  ['an unknown coding', `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n`],
  ['a coding whose name ends in chunked', `${ok}Transfer-Encoding: xchunked\r\n\r\n`],
  ['two codings', `${ok}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n`],
  ['chunks in HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ['headers that do not end', `${ok}X-A: ${'b'.repeat(61_440)}`],
  ['a chunk size that is not a number', `${chunked}zz\r\n`],
  ['a chunk size with a sign', `${chunked}-1\r\n`],
  ['a chunk size with a prefix', `${chunked}0x1\r\n`],
  ['a chunk size that is too large', `${chunked}${'f'.repeat(16)}\r\n`],
  ['an empty chunk size', `${chunked}\r\n`],
  ['a chunk size that ends in a bare LF', `${chunked}1\nx`],
  ['a chunk extension that does not end', `${chunked}1;${'x'.repeat(5000)}`],
  ['a chunk longer than its size', `${chunked}1\r\nxy\r\n`],
  ['a trailer that is not a header', `${chunked}0\r\nbroken\r\n\r\n`],
  ['trailers that do not end', `${chunked}0\r\n${'X-A: b\r\n'.repeat(10_000)}`],
])('a response with %s is refused, however its bytes are split', (_, response) => {
  expect(() => read([response])).toThrow(ProtocolError);
  // The long ones would take too much time byte by byte.
  const pieces = response.length < 1000 ? Array.from(response) : [response];
  expect(() => read(pieces)).toThrow(ProtocolError);
});
