// The behaviour that docs/route-semantics.md describes under "Responses of the proxy".
import { expect, test } from 'vitest';
import { EchoMesh } from '../support/echo-mesh.js';
import { grpcMessage, isGrpc } from '@bookinfo/proxy';

const to = 'route: [{ destination: { host: reviews } }]';
const abort = (status: string) => `[{ fault: { abort: { ${status}, percentage: { value: 100 } } }, ${to} }]`;
const grpc = { method: 'POST', headers: { 'content-type': 'application/grpc' } };

test('an abort with a gRPC status is HTTP 200 with that status in a header', async () => {
  await using mesh = await EchoMesh.start(abort('grpcStatus: UNAVAILABLE'));
  const { status, headers, body } = await mesh.ask('/', grpc);
  expect([status, body]).toEqual([200, '']);
  expect(headers).toMatchObject({
    'content-type': 'application/grpc',
    'grpc-status': '14',
    'grpc-message': 'fault filter abort',
    'content-length': '0',
  });
});

test('a client without gRPC gets 200 and the text of an abort', async () => {
  await using mesh = await EchoMesh.start(abort('grpcStatus: UNAVAILABLE'));
  const response = await mesh.ask('/');
  expect(response).toMatchObject({ status: 200, body: 'fault filter abort' });
  expect(response.headers).not.toHaveProperty('grpc-status');
});

test.each([
  [abort('httpStatus: 555'), '2'],
  [abort('httpStatus: 401'), '16'],
  ['[{ match: [{ uri: { exact: /a } }], directResponse: { status: 200 } }]', '12'],
  ['[{ route: [{ destination: { host: missing } }] }]', '14'],
  ['[{ directResponse: { status: 200, body: { string: hello } } }]', '2'],
])('any other response of the proxy’s own takes this form too: %s, grpc-status %s', async (rules, status) => {
  await using mesh = await EchoMesh.start(rules);
  expect(await mesh.ask('/', grpc)).toMatchObject({ status: 200, headers: { 'grpc-status': status } });
});

test('a message is encoded as percent-encoded UTF-8', () => {
  expect(grpcMessage('100 % ü\n')).toBe('100 %25 %C3%BC%0A');
});

test.each([
  ['application/grpc', true],
  ['application/grpc+proto', true],
  ['application/grpc-web', false],
  [undefined, false],
])('the content-type %s is gRPC: %s', (contentType, expected) => {
  expect(isGrpc(contentType)).toBe(expected);
});
