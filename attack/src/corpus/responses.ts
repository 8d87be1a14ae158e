/** A backend's response, sent as it is in Latin-1. */
export interface ResponseCase {
  group: string;
  name: string;
  method: string;
  bytes: string;
  /** True when the backend closes its connection behind the bytes. */
  closes: boolean;
}

const OK = 'HTTP/1.1 200 OK\r\n';
const LENGTH = 'Content-Length: 2\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;

const STATUS_LINES = [
  'HTTP/1.1 200 OK',
  'HTTP/1.1 200',
  'HTTP/1.1 200 ',
  'HTTP/1.0 200 OK',
  'HTTP/1.1 204 No Content',
  'HTTP/1.1 304 Not Modified',
  'HTTP/1.1 599 X',
  'HTTP/1.1 600 X',
  'HTTP/1.1 999 X',
  'HTTP/1.1 1000 X',
  'HTTP/1.1 099 X',
  'HTTP/1.1 20 X',
  'HTTP/1.1 2 X',
  'HTTP/1.1 0 X',
  'HTTP/1.1 -1 X',
  'HTTP/1.1 abc X',
  'HTTP/1.1  200 OK',
  'HTTP/1.1\t200 OK',
  'HTTP/1.2 200 OK',
  'HTTP/2.0 200 OK',
  'HTTP/0.9 200 OK',
  'http/1.1 200 OK',
  'HTTP/1.1 200\0OK',
  'SSH-2.0-x',
  '',
  'hello',
  'HTTP/1.1',
  'HTTP/1.1 101 Switching',
  'HTTP/1.1 100 Continue',
  'HTTP/1.1 103 Early Hints',
  'HTTP/1.1 200 caf\xe9',
  'ICY 200 OK',
];

const LINES = [
  'Content-Length: 0',
  'Content-Length: 1',
  'Content-Length: 3',
  'Content-Length: +2',
  'Content-Length: -1',
  'Content-Length: x',
  'Content-Length: 2\r\nContent-Length: 2',
  'Content-Length: 2\r\nContent-Length: 3',
  'Content-Length: 2, 2',
  'Content-Length: ',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip',
  'Transfer-Encoding: gzip, chunked',
  'Content-Length: 2\r\nTransfer-Encoding: chunked',
  'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked',
  'Transfer-Encoding: ',
  'A : b',
  ' A: b',
  ': b',
  'A',
  'A: b\r\n c',
  'A: b\rc',
  'Connection: close',
  'Keep-Alive: timeout=1',
  'Set-Cookie: a\r\nSet-Cookie: b',
  'Server: x',
  'Date: x',
  'X-Envoy-Upstream-Service-Time: 1',
  'Connection: x-a\r\nX-A: b',
  'Upgrade: h2c',
  'Host: x',
  'A\0: b',
  'Trailer: x',
  'TE: x',
  'Proxy-Authenticate: x',
  'Content-Encoding: gzip',
];

const CHUNK_BODIES = [
  '2\r\nok\r\n0\r\n\r\n',
  '2\nok\r\n0\r\n\r\n',
  '2\r\nok\n0\r\n\r\n',
  '2\r\nokx\r\n0\r\n\r\n',
  'zz\r\nok\r\n0\r\n\r\n',
  '2;a=b\r\nok\r\n0\r\n\r\n',
  '0x2\r\nok\r\n0\r\n\r\n',
  '2\r\nok\r\n0\r\nA: b\r\n\r\n',
  '2\r\nok\r\n0\r\nA b\r\n\r\n',
  '2\r\nok\r\n',
  '2\r\nok',
  'ffffffffffffffff\r\nok',
];

const CUTS = [
  'H',
  'HTTP/1.1',
  'HTTP/1.1 200 OK',
  OK,
  `${OK}A: b`,
  `${OK}A: b\r\n`,
  `${OK}${LENGTH}\r\n`,
  `${OK}${LENGTH}\r\no`,
  '',
];

const WHOLE: Record<string, string> = {
  'line ends of a bare LF': `${OK}${LENGTH}\r\nok`.replaceAll('\r', ''),
  'one bare LF': `HTTP/1.1 200 OK\nA: b\r\n${LENGTH}\r\nok`,
  'an empty line of a bare LF': `${OK}${LENGTH}\nok`,
  'surplus bytes': `${OK}${LENGTH}\r\nokmore`,
  'a second response': `${OK}${LENGTH}\r\nok${OK}${LENGTH}\r\nno`,
  'a thousand interim responses': `${'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000)}${OK}${LENGTH}\r\nok`,
  'hints before': `HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${OK}${LENGTH}\r\nok`,
  '70 KB of headers': `${OK}A: ${'b'.repeat(70_000)}\r\n${LENGTH}\r\nok`,
  '1 MB of headers': `${OK}A: ${'b'.repeat(1_000_000)}\r\n${LENGTH}\r\nok`,
  '90 headers': `${OK}${'A: b\r\n'.repeat(90)}${LENGTH}\r\nok`,
  '200 headers': `${OK}${'A: b\r\n'.repeat(200)}${LENGTH}\r\nok`,
};

/** Returns hostile responses, for requests of several methods. */
export function responseCases(): ResponseCase[] {
  const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
  const each = ['GET', 'HEAD', 'POST'].flatMap((method) => [
    ...STATUS_LINES.map((line) => ({
      ...get('status line', `${method} ${JSON.stringify(line)}`, `${line}\r\n${LENGTH}\r\nok`, true),
      method,
    })),
    ...LINES.map((line) => ({
      ...get('header of a response', `${method} ${JSON.stringify(line)}`, `${OK}${line}\r\n\r\nok`, true),
      method,
    })),
  ]);
  return [
    ...each,
    ...bytes.map((byte) =>
      get('byte in a name of a response', JSON.stringify(byte), `${OK}A${byte}b: c\r\n${LENGTH}\r\nok`),
    ),
    ...bytes.map((byte) =>
      get('byte in a value of a response', JSON.stringify(byte), `${OK}A: b${byte}c\r\n${LENGTH}\r\nok`),
    ),
    ...CHUNK_BODIES.map((body) =>
      get('chunks of a response', JSON.stringify(body), `${CHUNKED}${body}`, true),
    ),
    ...CUTS.map((text) => get('cut response', JSON.stringify(text), text, true)),
    ...Object.entries(WHOLE).map(([name, text]) => get('whole response', name, text)),
  ];
}

function get(group: string, name: string, bytes: string, closes = false): ResponseCase {
  return { group, name, method: 'GET', bytes, closes };
}
