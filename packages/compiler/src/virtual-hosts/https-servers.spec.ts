import { expect, test } from 'vitest';
import { makeCertificate } from '@bookinfo/testing';
import { compileWithLeftOut } from '../compile.js';
import { DEFAULT_MESH_CONFIG, modelOf } from '@bookinfo/rules';
import { INGRESS, PODS, resourcesOf } from '@bookinfo/rules/testing';
import { tableOf, outcomeOf } from '../testing/bookinfo-mesh.js';
import { httpRoute, REVIEWS } from '../testing/gateway-api.js';
import { gatewayProxies } from './gateway-proxies.js';
import { ownProxyOf } from './gateway-selection.js';

const certificate = makeCertificate('DNS:shop.example.com');
const other = makeCertificate('DNS:shop.example.com');

function secret(data: Record<string, string>, { name = 'shop', namespace = 'istio-system' } = {}): string {
  const stringData = JSON.stringify(data);
  return `
apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: ${namespace} }
stringData: ${stringData}
---
`;
}
const SHOP_SECRET = secret({ 'tls.crt': certificate.cert, 'tls.key': certificate.key });

interface ServerParts {
  name?: string;
  port?: number;
  protocol?: string;
  tls?: string;
}
const server = (
  hosts: string,
  {
    name = 'https',
    port = 443,
    protocol = 'HTTPS',
    tls = '{ mode: SIMPLE, credentialName: shop }',
  }: ServerParts = {},
) => `{ port: { number: ${port}, name: ${name}, protocol: ${protocol} }, hosts: [${hosts}], tls: ${tls} }`;
const gateway = (...servers: string[]) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front }
spec: { selector: { istio: ingressgateway }, servers: [${servers.join(', ')}] }
---
`;
const rule = (host: string, version: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${version} }
spec: { hosts: ['${host}'], gateways: [front], http: [{ route: [{ destination: { host: reviews, subset: ${version} } }] }] }
---
`;

const REFUSED = 'not a listener';
/** Returns what a client with this server name gets for this Host. */
function reach(text: string, serverName: string, authority: string, client = INGRESS): string {
  const table = tableOf(text, client);
  const outcome = outcomeOf(table, { port: 443, scheme: 'https', serverName, authority });
  const configurations = table.routeConfigurations.get(443) ?? [];
  return configurations.length === 0 ? REFUSED : outcome;
}

const TWO_SERVERS =
  gateway(server('shop.example.com'), server("'*.example.com'", { name: 'any' })) +
  rule('shop.example.com', 'v1') +
  rule('*.example.com', 'v2');

test.each([
  ['shop.example.com', 'shop.example.com', 'reviews-v1'],
  ['shop.example.com', 'shop.example.com:9443', 'reviews-v1'],
  ['a.example.com', 'a.example.com', 'reviews-v2'],
  // Both servers share no routes: the Host of one is not known to the other.
  ['shop.example.com', 'a.example.com', 'route-not-found'],
  ['a.example.com', 'shop.example.com', 'reviews-v1'],
])('a client with the server name %s and the Host %s gets %s', (serverName, authority, expected) => {
  expect(reach(TWO_SERVERS, serverName, authority)).toBe(expected);
});

test('each server of HTTPS has its own routes under the name that Istio gives them', () => {
  const configurations = tableOf(TWO_SERVERS, INGRESS).routeConfigurations.get(443) ?? [];
  expect(configurations.map(({ name, serverNames }) => [name, serverNames])).toEqual([
    ['https.443.https.front.default', ['shop.example.com']],
    ['https.443.any.front.default', ['*.example.com']],
  ]);
});

test.each([
  [
    'another server of HTTPS with its host',
    server('shop.example.com', { name: 'second' }),
    'has the host shop.example.com',
  ],
  [
    'a server of HTTP at its port',
    server('shop.example.com', { name: 'second', protocol: 'HTTP', tls: '{}' }),
    'port 443 has servers of HTTPS',
  ],
])('a server is left out because of %s', (_, second, reason) => {
  const text = gateway(server('shop.example.com'), second) + rule('shop.example.com', 'v1');
  const { table, leftOut } = compileWithLeftOut(
    modelOf(resourcesOf(text), PODS, DEFAULT_MESH_CONFIG),
    INGRESS,
  );
  expect(table.routeConfigurations.get(443)).toHaveLength(1);
  expect(leftOut.map(({ code }) => code)).toContain('gateway-server-conflict');
  expect(leftOut.map((each) => each.reason).join('\n')).toContain(reason);
});

test('a client of HTTPS is not redirected to https', () => {
  const tls = '{ mode: SIMPLE, credentialName: shop, httpsRedirect: true }';
  const text = gateway(server("'*'", { tls })) + rule('shop.example.com', 'v1');
  expect(reach(text, 'shop.example.com', 'shop.example.com')).toBe('reviews-v1');
});

test("port 8443 of the ingress gateway's pods is port 443 of its Service", () => {
  const text = gateway(server("'*'", { port: 8443 })) + rule('shop.example.com', 'v1');
  expect(reach(text, '', 'shop.example.com')).toBe('reviews-v1');
});

/** Returns where the certificates of the ingress gateway's servers, or those of the Gateway at the index, are. */
function credentials(text: string, index = 0): object[] {
  const proxy = gatewayProxies(resourcesOf(text))[index];
  const servers = proxy?.listeners.flatMap(({ tls = [] }) => tls) ?? [];
  return servers.map(({ credential }) => ({ ...credential, origin: undefined }));
}

test('the Secret of a Gateway of Istio is in the namespace of the proxy', () => {
  const front = gateway(server("'*'"));
  expect(credentials(front + SHOP_SECRET)).toEqual([{ kind: 'certificate', ...certificate }]);
  expect(credentials(front + secret({}, { namespace: 'default' }))).toEqual([
    {
      kind: 'absent',
      reason: 'there is no Secret shop in the namespace istio-system (there is one in the namespace default)',
    },
  ]);
});

test('a generic Secret has cert and key, which come before tls.crt and tls.key', () => {
  const data = { cert: other.cert, key: other.key, 'tls.crt': certificate.cert, 'tls.key': certificate.key };
  expect(credentials(gateway(server("'*'")) + secret(data))).toEqual([{ kind: 'certificate', ...other }]);
});

test('files are named by their paths', () => {
  const tls = '{ mode: SIMPLE, serverCertificate: /cert.pem, privateKey: /key.pem }';
  expect(credentials(gateway(server("'*'", { tls })))).toEqual([
    { kind: 'files', cert: '/cert.pem', key: '/key.pem' },
  ]);
});

test.each([
  [{ a: 'b' }, 'Secret istio-system/shop needs tls.crt and tls.key, or cert and key (it has a)'],
  [
    { cert: certificate.cert, key: other.key },
    'Secret istio-system/shop: the key does not belong to the certificate',
  ],
  [
    { cert: 'PRIVATE', key: certificate.key },
    'Secret istio-system/shop: the certificate is not one in PEM (-----BEGIN CERTIFICATE-----)',
  ],
  [
    { cert: certificate.cert, key: 'PRIVATE' },
    'Secret istio-system/shop: the key is not a private one in PEM without a passphrase (-----BEGIN PRIVATE KEY-----)',
  ],
])('a Secret cannot be used: %#', (data, reason) => {
  expect(credentials(gateway(server("'*'")) + secret(data))).toEqual([{ kind: 'unusable', reason }]);
});

const grant = (kind: string) => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: grant, namespace: istio-system }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: ${kind}, namespace: default }]
  to: [{ group: '', kind: Secret, name: shop }]
---
`;

const door = (reference: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: door }
spec:
  gatewayClassName: istio
  listeners:
    - { name: shop, port: 443, protocol: HTTPS, hostname: shop.example.com, tls: { certificateRefs: [${reference}] } }
    - { name: rest, port: 443, protocol: HTTPS, tls: { certificateRefs: [${reference}] } }
---
`;

test('each HTTPS listener of the Gateway API has the routes that are attached to it', () => {
  const routes = httpRoute(`[{ backendRefs: [${REVIEWS.replace(' }', ', port: 9080 }')}] }]`, {
    parent: '{ name: door, sectionName: rest }',
  });
  const text = door('{ name: shop }') + routes;
  const client = ownProxyOf('door', 'default');
  expect(reach(text, 'www.example.com', 'www.example.com', client)).toContain('reviews-v1');
  expect(reach(text, '', 'www.example.com', client)).toContain('reviews-v1');
  expect(reach(text, 'shop.example.com', 'www.example.com', client)).toBe('route-not-found');
});

test('the Secret of a listener is in the namespace of its Gateway, or a ReferenceGrant allows it', () => {
  const own = secret({ cert: certificate.cert, key: certificate.key }, { namespace: 'default' });
  expect(credentials(door('{ name: shop }') + own, 1)?.[0]).toEqual({ kind: 'certificate', ...certificate });
  const abroad = door('{ name: shop, namespace: istio-system }') + SHOP_SECRET;
  expect(credentials(abroad, 1)?.[0]).toEqual({
    kind: 'unusable',
    reason: 'no ReferenceGrant of the namespace istio-system lets Gateways of default use the Secret shop',
  });
  expect(credentials(abroad + grant('Gateway'), 1)?.[0]).toMatchObject({ kind: 'certificate' });
  expect(credentials(abroad + grant('HTTPRoute'), 1)?.[0]).toMatchObject({ kind: 'unusable' });
});

test('a server that is passed over does not shift the lines of those after it', () => {
  const tcp = '{ port: { number: 9000, name: tcp, protocol: TCP }, hosts: ["*"] }';
  const [ingress] = gatewayProxies(resourcesOf(gateway(tcp, `\n    ${server("'*'")}`)));
  expect(ingress?.listeners.at(-1)?.tls?.[0]?.credential.origin).toMatchObject({ line: 6 });
});
