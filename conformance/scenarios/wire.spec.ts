// The behaviour that docs/route-semantics.md describes under "The wire".
import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080';
const HOST = 'Host: reviews:9080\r\n';
const GET = `GET / HTTP/1.1\r\n${HOST}`;
const POST = `POST / HTTP/1.1\r\n${HOST}`;
const upgrade = (protocol: string): string =>
  `GET /a HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`;
const destination = (version: string): string =>
  `{ destination: { host: reviews, subset: ${version} }, weight: 1, headers: { response: { set: { x: b } } } }`;

describe.each(ENGINES)('the wire, on %s', (engine) => {
  const mesh = useMesh(engine);
  const rule = (text: string): Promise<void> => mesh.rules(virtualService('reviews', `[{ ${text} }]`));

  test('ambiguous requests are refused', async () => {
    await rule(to('v1'));
    const status = async (bytes: string): Promise<string | undefined> =>
      /^HTTP\/1\.1 (\d+) /.exec(await mesh.send(bytes))?.[1];
    const refused: [bytes: string, status: string][] = [
      [`${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, '400'],
      [`${POST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`, '400'],
      [`${POST}Content-Length: 1, 1\r\n\r\nx`, '400'],
      [`${POST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`, '501'],
      [`${POST}Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n`, '501'],
      [`${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, '400'],
      [`${GET}X-A : b\r\n\r\n`, '400'],
      [`${GET}X-A: b\0\r\n\r\n`, '400'],
      [`GET / HTTP/1.0\r\n${HOST}\r\n`, '426'],
      [`GET / HTTP/2.0\r\n${HOST}\r\n`, '426'],
      [`GET * HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, '400'],
      [`OPTIONS * HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, '404'],
      [`${GET}Connection: close, X-Forwarded-For\r\n\r\n`, '400'],
      [`${GET}Connection: ${'close,'.repeat(10)}\r\n\r\n`, '400'],
      [`${GET}${'A: b\r\n'.repeat(100)}\r\n`, '431'],
      [upgrade('tls'), '403'],
    ];
    const responses = await Promise.all(refused.map(async ([bytes]) => [bytes, await status(bytes)]));
    expect(responses).toEqual(refused);
    expect(mesh.seen).toEqual([]);
  });

  test('rules do not match a header that Connection lists', async () => {
    await rule(`match: [{ headers: { end-user: { exact: jason } } }], ${to('v2')}`);
    const headers = { 'end-user': 'jason' };
    expect(await mesh.responder(URL, { headers })).toBe('reviews-v2');
    expect(await mesh.responder(URL, { headers: { ...headers, connection: 'close, end-user' } })).toBe('404');
  });

  test('malformed bytes are refused after the response to the request before them', async () => {
    await rule(to('v1'));
    const statuses = [...(await mesh.send(`${GET}\r\nNONSENSE\r\n\r\n`)).matchAll(/HTTP\/1\.1 (\d+)/g)];
    expect(statuses.map(([, status]) => status)).toEqual(['200', '400']);
  });

  test('a WebSocket reaches the destination of its route', async () => {
    await rule(to('v2'));
    const response = await mesh.send(upgrade('websocket'), { after: '\r\n\r\n', send: 'hello' });
    expect(response).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n.*\r\n\r\nreviews-v2 received hello$/s);
    expect(response).toMatch(/\r\nupgrade: websocket\r\n/i);
  });

  test('a route that responds itself refuses a WebSocket', async () => {
    await rule('fault: { abort: { httpStatus: 555, percentage: { value: 100 } } }, ' + to('v1'));
    expect(await mesh.send(upgrade('websocket'))).toMatch(/^HTTP\/1\.1 555 /);
  });

  test.each([
    ['grpcStatus: UNAVAILABLE', '14'],
    ['grpcStatus: OK', '0'],
    ['httpStatus: 404', '12'],
    ['httpStatus: 555', '2'],
  ])('an abort with %s is grpc-status %s for gRPC clients', async (status, code) => {
    await rule(`fault: { abort: { ${status}, percentage: { value: 100 } } }, ${to('v1')}`);
    const response = await mesh.ask(URL, { headers: { 'content-type': 'application/grpc' } });
    const headers = {
      'content-type': 'application/grpc',
      'grpc-status': code,
      'grpc-message': 'fault filter abort',
    };
    expect(response).toMatchObject({ status: 200, body: '', headers });
  });

  test('an abort with a gRPC status is 200 with a text for other clients', async () => {
    await rule(`fault: { abort: { grpcStatus: UNAVAILABLE, percentage: { value: 100 } } }, ${to('v1')}`);
    const response = await mesh.ask(URL);
    expect(response).toMatchObject({ status: 200, body: 'fault filter abort' });
    expect(response.headers).not.toHaveProperty('grpc-status');
  });

  test('a destination’s response header changes apply to an abort', async () => {
    await rule(
      `fault: { abort: { httpStatus: 500, percentage: { value: 100 } } }, route: [${destination('v1')}, ${destination('v2')}]`,
    );
    expect(await mesh.ask(URL)).toMatchObject({ status: 500, headers: { x: 'b' } });
  });
});
