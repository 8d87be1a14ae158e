import { expect, test } from 'vitest';
import { noticesOfSpec, problemsOfSpec } from '../../testing/problems-of-spec.js';

const server = (port: string, hosts = "['*']"): string =>
  `{ selector: { istio: ingressgateway }, servers: [{ port: ${port}, hosts: ${hosts} }] }`;

const withTls = (protocol: string, tls: string): string =>
  server(`{ number: 443, name: a, protocol: ${protocol} }`).replace('hosts:', `tls: ${tls}, hosts:`);

test.each([
  ['HTTP', '{ httpsRedirect: true }'],
  ['https', '{ mode: SIMPLE, credentialName: a }'],
  ['HTTPS', '{ mode: SIMPLE, serverCertificate: /a.pem, privateKey: /key.pem }'],
])('accepts %s with tls %s', (protocol, tls) => {
  expect(problemsOfSpec('Gateway', withTls(protocol, tls))).toEqual([]);
});

test.each([80, 8080])('accepts HTTP on port %d', (number) => {
  expect(problemsOfSpec('Gateway', server(`{ number: ${number}, name: http, protocol: HTTP }`))).toEqual([]);
});

test.each([
  [
    server('{ number: 65536, name: http, protocol: HTTP }'),
    'spec.servers[0].port.number: 65536 is not a whole number from 1 to 65535',
  ],
  [
    server('{ number: 80, name: a, protocol: QUIC }'),
    'spec.servers[0].port.protocol: "QUIC" is not one of HTTP, HTTP2, GRPC, GRPC-WEB, HTTPS',
  ],
  [
    server('{ number: 80, name: a, protocol: HTTP }', '[a/b/c]'),
    'spec.servers[0].hosts[0]: "a/b/c" is not a host name with a dot, *.domain or *, with namespace/ or ./ before it if needed',
  ],
  [
    server('{ number: 80, name: a, protocol: HTTP }', '[reviews]'),
    'spec.servers[0].hosts[0]: "reviews" is not a host name with a dot, *.domain or *, with namespace/ or ./ before it if needed',
  ],
  [
    withTls('HTTP', '{ mode: SIMPLE, credentialName: a }'),
    'spec.servers[0].tls.mode: it needs the protocol HTTPS (this server has HTTP)',
  ],
  [
    server('{ number: 443, name: a, protocol: HTTPS }'),
    'spec.servers[0]: a server of HTTPS needs tls, with mode: SIMPLE and a credentialName',
  ],
  [
    withTls('HTTPS', '{ mode: SIMPLE, serverCertificate: /a.pem }'),
    'spec.servers[0].tls: SIMPLE needs a credentialName, or a serverCertificate and a privateKey',
  ],
  [
    withTls('HTTPS', '{ mode: MUTUAL, credentialName: a }'),
    'spec.servers[0].tls.mode: MUTUAL is not supported (certificates of clients are not verified; SIMPLE is)',
  ],
  [
    server('{ number: 80, name: a, protocol: HTTP }').replace('hosts:', 'bind: 0.0.0.0, hosts:'),
    'spec.servers[0].bind is not supported (the gateway listens to 127.0.0.1)',
  ],
])('refuses %s', (spec, message) => {
  expect(problemsOfSpec('Gateway', spec)).toEqual([message]);
});

test('servers of TLS that passes through and of TCP are passed over beside one of HTTP', () => {
  const http = server('{ number: 80, name: http, protocol: http2 }');
  const spec = http.replace(
    'servers: [',
    "servers: [{ port: { number: 443, name: s, protocol: HTTPS }, tls: { mode: PASSTHROUGH }, hosts: ['*'] }, { port: { number: 27017, name: m, protocol: MONGO }, hosts: ['*'] }, ",
  );
  expect(problemsOfSpec('Gateway', spec)).toEqual([]);
  expect(noticesOfSpec('Gateway', spec)).toEqual(
    [0, 1].map(
      (index) =>
        `note: spec.servers[${index}] is passed over (only servers of HTTP, and of HTTPS that ends at the gateway, are implemented)`,
    ),
  );
});
