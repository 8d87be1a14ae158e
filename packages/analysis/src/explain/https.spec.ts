import { expect, test } from 'vitest';
import { DEFAULT_MESH_CONFIG, type Model, modelOfFiles, formatProblem } from '@bookinfo/rules';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { check } from '../check/check.js';
import { formatFinding } from '../check/finding.js';
import { predict } from '../predict/predict.js';
import { shop } from '../testing/shop.js';
import { explain } from './explain.js';
import { explanationText } from './explanation-text.js';
import { probeOf } from './probe.js';

const SECURE = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: secure }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 443, name: https, protocol: HTTPS }
      hosts: ['*.example.com']
      tls: { mode: SIMPLE, credentialName: shop }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: secure }
spec:
  hosts: [shop.example.com]
  gateways: [secure]
  http:
    - { match: [{ scheme: { exact: http } }], directResponse: { status: 418 } }
    - { match: [{ uri: { prefix: /old } }], redirect: { uri: /new } }
    - { route: [{ destination: { host: reviews, port: { number: 9080 } } }] }
`;

function modelWith(text: string): Model {
  const result = modelOfFiles([...bookinfoFiles(), { file: 'secure.yaml', text }], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.model;
}
const MODEL = modelWith(SECURE);
const get = (url: string, from?: string) => ({ method: 'GET', url, headers: {}, from });

test.each(['https://shop.example.com/', 'https://shop.example.com:443/', 'https://SHOP.example.com:9443/'])(
  'a request to %s meets the rules of the server of HTTPS',
  (url) => {
    const explanation = explain(probeOf(MODEL, get(url)));
    expect(explanation).toMatchObject({ rule: { line: 20 }, virtualHost: 'shop.example.com:443' });
    expect(explanationText(explanation)).toMatch(/^GET https:\/\//);
  },
);

test('a redirect keeps https', () => {
  expect(explain(probeOf(MODEL, get('https://shop.example.com/old'))).location).toBe(
    'https://shop.example.com/new',
  );
});

test('responses to https are predicted', () => {
  const answers = predict(probeOf(MODEL, get('https://shop.example.com/old')), shop, []);
  expect(answers).toMatchObject([{ share: 1, value: { status: 301 } }]);
});

test.each([
  [
    get('https://shop.example.org/'),
    'the connection of https://shop.example.org is closed: the servers of HTTPS at port 443 of the gateway are for *.example.com',
  ],
  [get('https://127.0.0.1/'), 'the connection of https://127.0.0.1 is closed'],
  [get('http://shop.example.com:443/'), 'port 443 of the gateway has HTTPS alone: write https://'],
  [get('https://reviews:9080/', 'productpage'), 'a proxy passes https on as it is'],
])('%j is refused with the reason', (request, message) => {
  expect(() => probeOf(MODEL, request)).toThrow(message);
});

test('https is refused where no gateway has a server of HTTPS', () => {
  expect(() =>
    probeOf(modelWith(SECURE.replaceAll('ingressgateway', 'none')), get('https://a.example.com/')),
  ).toThrow('https://a.example.com reaches no server: the gateway has none of HTTPS');
});

test('check finds requests of https, rules that none reaches, and the certificate that is missing', () => {
  expect(check(MODEL, shop, new Set(['secure.yaml'])).map(formatFinding)).toEqual([
    'secure.yaml:9: note: there is no Secret shop in the namespace istio-system: without a certificate, connections for *.example.com are closed [no-certificate]',
    'secure.yaml:18: note: no client here can send a request that reaches it: only http reaches it, and clients of port 443 have https [unsendable]',
    'secure.yaml:19: note: reached by GET https://shop.example.com/old through the ingress gateway [witness]',
    'secure.yaml:20: note: reached by GET https://shop.example.com/front/0 through the ingress gateway [witness]',
  ]);
});
