import { expect, test } from 'vitest';
import { DEFAULT_MESH_CONFIG, modelOfFiles, formatProblem, type Source } from '@bookinfo/rules';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { explain } from './explain.js';
import { explanationText } from './explanation-text.js';
import { probeOf } from './probe.js';
import { InvalidRequest, type ProbeRequest } from './probe-request.js';

const explainWith = (rules: string[], request: Partial<ProbeRequest> = {}) =>
  explainFiles(bookinfoFiles(...rules), request);

function explainFiles(files: Source[], request: Partial<ProbeRequest> = {}) {
  const result = modelOfFiles(files, DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  const defaults = { method: 'GET', url: 'http://reviews:9080/reviews/0', headers: {}, from: 'productpage' };
  return explain(probeOf(result.model, { ...defaults, ...request }));
}
const JASON = { headers: { 'End-User': 'jason' } };

test('the matching rule has its file and line, and each earlier rule its first predicate that fails', () => {
  const { rule, passedOver, action } = explainWith(['virtual-service-reviews-test-v2']);
  expect(passedOver).toEqual([
    {
      resource: 'VirtualService/default/reviews',
      name: '',
      file: 'networking/virtual-service-reviews-test-v2.yaml',
      line: expect.any(Number) as number,
      reason: 'header end-user is absent, exact "jason" wanted',
    },
  ]);
  expect(rule?.line).toBeGreaterThan(passedOver[0]?.line ?? Infinity);
  expect(action).toMatchObject({
    destinations: [{ share: 1, endpoints: { 'reviews-v1': ['reviews-v1-0'] }, state: 'ready' }],
  });
  expect(explainWith(['virtual-service-reviews-test-v2'], JASON)).toMatchObject({
    passedOver: [],
    action: { destinations: [{ endpoints: { 'reviews-v2': ['reviews-v2-0'] } }] },
  });
});

test('the shares of a split are those of its weights', () => {
  const { action } = explainWith(['virtual-service-reviews-90-10']);
  expect(action).toMatchObject({ destinations: [{ share: 0.9 }, { share: 0.1 }] });
});

test('endpoints that differ in weight have it shown', () => {
  const text = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: books }
spec:
  hosts: [books.example.com]
  ports: [{ number: 80, name: http, protocol: HTTP }]
  resolution: STATIC
  endpoints: [{ address: 10.0.0.1 }, { address: 10.0.0.2, weight: 3 }]
`;
  const explanation = explainFiles([...bookinfoFiles(), { file: 'books.yaml', text }], {
    url: 'http://books.example.com/',
  });
  expect(explanation.action).toMatchObject({ destinations: [{ weights: { '10.0.0.1': 1, '10.0.0.2': 3 } }] });
  expect(explanationText(explanation)).toContain('10.0.0.1 (weight 1), 10.0.0.2 (weight 3)');
});

test('without a rule the destination is the Service', () => {
  const explanation = explainWith([]);
  expect(explanation.rule).toBeUndefined();
  expect(explanation.action).toMatchObject({
    destinations: [{ share: 1, endpoints: { 'reviews-v1': {}, 'reviews-v2': {}, 'reviews-v3': {} } }],
  });
});

test('a delegate is shown with the rule that delegates to it', () => {
  const text = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - delegate: { name: leaf }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: leaf }
spec:
  http:
    - { name: all, route: [{ destination: { host: reviews } }] }
`;
  const explanation = explainFiles([...bookinfoFiles(), { file: 'r.yaml', text }]);
  expect(explanationText(explanation)).toContain(
    'r.yaml:14 VirtualService/default/leaf "all", delegated to by r.yaml:7 VirtualService/default/reviews',
  );
});

test('an explanation has the fault of the rule', () => {
  const { fault } = explainWith(['virtual-service-ratings-test-delay'], {
    ...JASON,
    url: 'http://ratings:9080/ratings/0',
  });
  expect(fault).toEqual({ delay: { percentage: 100, fixedDelayMs: 7000 } });
});

test('without a client the request comes through the ingress gateway', () => {
  const url = 'http://localhost:9080/productpage';
  const { from, rule, action } = explainWith([], { url, from: undefined });
  expect([from, rule?.resource]).toEqual(['ingress gateway', 'VirtualService/default/bookinfo']);
  expect(action).toMatchObject({ destinations: [{ endpoints: { 'productpage-v1': ['productpage-v1-0'] } }] });
  expect(explainWith([], { url: 'http://localhost:9080/secret', from: undefined }).action.kind).toBe(
    'route-not-found',
  );
});

/** A Gateway of the Gateway API for one host, with a listener at two ports and a route for each. */
const SHOP_GATEWAY = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: shop }
spec:
  gatewayClassName: istio
  listeners:
    - { name: public, port: 80, protocol: HTTP, hostname: shop.example.com }
    - { name: private, port: 9090, protocol: HTTP, hostname: shop.example.com }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: public }
spec: { parentRefs: [{ name: shop, sectionName: public }], rules: [{ backendRefs: [{ name: reviews, port: 9080 }] }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: private }
spec: { parentRefs: [{ name: shop, sectionName: private }], rules: [{ backendRefs: [{ name: ratings, port: 9080 }] }] }
`;

test.each([
  ['http://shop.example.com/', undefined, 'shop-istio', 'HTTPRoute/default/public'],
  ['http://shop.example.com:41234/', undefined, 'shop-istio', 'HTTPRoute/default/public'],
  ['http://shop.example.com:9090/', undefined, 'shop-istio', 'HTTPRoute/default/private'],
  ['http://localhost:9080/productpage', undefined, 'ingress gateway', 'VirtualService/default/bookinfo'],
  ['http://localhost:9080/productpage', 'shop-istio', 'shop-istio', undefined],
])('a request to %s from %s comes through the gateway %s', (url, from, gateway, resource) => {
  const files = [...bookinfoFiles(), { file: 'shop.yaml', text: SHOP_GATEWAY }];
  const explanation = explainFiles(files, { url, from });
  expect([explanation.from, explanation.rule?.resource]).toEqual([gateway, resource]);
});

test('a gateway that does not exist is an error with the gateways that do', () => {
  const files = [...bookinfoFiles(), { file: 'shop.yaml', text: SHOP_GATEWAY }];
  expect(() => explainFiles(files, { from: 'shop-isto' })).toThrow('(did you mean shop-istio?)');
});

test('a request to an undeclared host is passed through', () => {
  expect(explainWith([], { url: 'http://example.com/' }).action.kind).toBe('passthrough');
});

test.each([
  [{ from: 'reviews' }, '"reviews" has several workloads (choose from: reviews-v1, reviews-v2, reviews-v3)'],
  [
    { from: 'shop/reviews-v1' },
    '"shop/reviews-v1" is no workload (did you mean reviews-v1?) (choose from: details-v1, productpage-v1, ratings-v1, reviews-v1, reviews-v2, reviews-v3)',
  ],
  [{ method: 'get it' }, '"get it" is not a method, like GET'],
  [{ url: 'reviews' }, '"reviews" is not a URL like http://reviews:9080/reviews/0'],
  [{ headers: { 'end user': 'x' } }, '"end user" is not a header name'],
])('%j is refused with a message', (request, message) => {
  expect(() => explainWith([], request)).toThrow(new InvalidRequest(message));
});

test('a request to a port that the Service does not have gets a hint', () => {
  expect(explanationText(explainWith([], { url: 'http://reviews/reviews/0' }))).toContain(
    'Host          no virtual host for reviews at port 80 (reviews listens at 9080)',
  );
  expect(explainWith([], { url: 'http://example.com/' })).not.toHaveProperty('hint');
});

test('the text has a line for each fact', () => {
  const text = explanationText(explainWith(['virtual-service-reviews-90-10']));
  expect(text.replace(/yaml:\d+/, 'yaml:N').split('\n')).toEqual([
    'GET http://reviews:9080/reviews/0 from productpage-v1',
    '',
    'Host          reviews.default.svc.cluster.local:9080',
    'Rule          networking/virtual-service-reviews-90-10.yaml:N VirtualService/default/reviews',
    'Destination    90.0 %  reviews-v1  (outbound|9080|v1|reviews.default.svc.cluster.local, LEAST_REQUEST)',
    '               10.0 %  reviews-v2  (outbound|9080|v2|reviews.default.svc.cluster.local, LEAST_REQUEST)',
    'Timeout       none',
    'Retries       up to 2 on connect-failure, refused-stream, unavailable, cancelled',
  ]);
});

const rule = (http: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], http: [{ ${http} }] }
`;

test.each([
  [
    'redirect: { uri: /b, port: 8080, redirectCode: 302 }',
    'Redirect      302, port 8080, path: becomes "/b"',
  ],
  ['redirect: { uri: /b, port: 8080, redirectCode: 302 }', 'Location      http://reviews:8080/b'],
  [
    'match: [{ uri: { prefix: /reviews } }], rewrite: { uri: /old }, route: [{ destination: { host: reviews } }]',
    '              of this request: /old/0',
  ],
  ['directResponse: { status: 503, body: { string: closed } }', 'Response      503 "closed", from the proxy'],
  [
    'headers: { request: { remove: [a], add: { b: c }, set: { d: e } } }, route: [{ destination: { host: reviews } }]',
    'Requests      without a, set d: e, add b: c',
  ],
  [
    'corsPolicy: { allowOrigins: [{ exact: "http://a" }], allowMethods: [GET] }, route: [{ destination: { host: reviews } }]',
    'CORS          exact "http://a" may use GET; preflights of others go to the backend',
  ],
])('the text describes %s', (http, line) => {
  const files = [...bookinfoFiles(), { file: 'rule.yaml', text: rule(http) }];
  expect(explanationText(explainFiles(files)).split('\n')).toContain(line);
});

test('a rule with several matches has the line of the one that holds', () => {
  const text = rule(
    'match: [{ uri: { exact: /a } },\n  { uri: { exact: /reviews/0 } }], route: [{ destination: { host: reviews } }]',
  );
  const { rule: winner, passedOver } = explainFiles([...bookinfoFiles(), { file: 'rule.yaml', text }]);
  expect([passedOver[0]?.line, winner?.line]).toEqual([5, 6]);
});

const virtualService = (name: string, spec: string, metadata = ''): string =>
  `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: ${name}${metadata} }, spec: ${spec} }`;
const TO_V1 = 'http: [{ route: [{ destination: { host: reviews, subset: v1 } }] }]';

/** Returns the codes of the rules that were left out, by the name of the resource. */
function leftOut(rules: string[], request: Partial<ProbeRequest> = {}): string[] {
  const files = rules.map((text, index) => ({ file: `${index}.yaml`, text }));
  const { leftOut: rows } = explainFiles([...bookinfoFiles('bookinfo-gateway'), ...files], request);
  return rows.map(({ resource = '', code }) => `${resource.split('/').at(-1)} ${code}`);
}
const INGRESS = { from: undefined, url: 'http://shop.example.com/reviews/0' };

test.each([
  [
    'a rule for gateways alone',
    [virtualService('a', `{ hosts: [reviews], gateways: [bookinfo-gateway], ${TO_V1} }`)],
    {},
    ['a not-for-mesh'],
  ],
  [
    'a younger rule',
    ['a', 'b'].map((name) => virtualService(name, `{ hosts: [reviews], ${TO_V1} }`)),
    {},
    ['b older-rule'],
  ],
  [
    'a rule for other clients',
    [
      virtualService(
        'a',
        '{ hosts: [reviews], http: [{ match: [{ sourceLabels: { app: x } }], route: [{ destination: { host: reviews } }] }] }',
      ),
    ],
    {},
    ['a source-labels'],
  ],
  [
    'a rule for other hosts',
    [virtualService('a', `{ hosts: [ratings], gateways: [bookinfo-gateway], ${TO_V1} }`)],
    {},
    [],
  ],
  [
    'a younger rule of a gateway that matches too',
    ['a', 'b'].map((name) =>
      virtualService(
        name,
        '{ hosts: [shop.example.com], gateways: [bookinfo-gateway], http: [{ match: [{ uri: { prefix: /reviews } }], route: [{ destination: { host: reviews } }] }] }',
      ),
    ),
    INGRESS,
    ['b creation-order'],
  ],
  [
    'a rule for sidecars alone',
    [virtualService('a', `{ hosts: [shop.example.com], ${TO_V1} }`)],
    INGRESS,
    ['a not-for-gateway'],
  ],
])('%s is left out', (_, rules, request, expected) => {
  expect(leftOut(rules, request)).toEqual(expected);
});

test('a rule that is left out has its line, its reason and its code in the text', () => {
  const files = ['a', 'b'].map((name) => ({
    file: `${name}.yaml`,
    text: virtualService(name, `{ hosts: [reviews], ${TO_V1} }`),
  }));
  expect(explanationText(explainFiles([...bookinfoFiles(), ...files]))).toContain(
    '\nLeft out      b.yaml:1 VirtualService/default/b: VirtualService/default/a (a.yaml:1) has the host reviews.default.svc.cluster.local too and comes first by age, and sidecars apply one resource for each host [older-rule]\n',
  );
});

const sidecar = (hosts: string, mode: string): Source => ({
  file: 's.yaml',
  text: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default }
spec:
  egress: [{ hosts: ${hosts} }]
  outboundTrafficPolicy: { mode: ${mode} }
`,
});

test.each([
  ['REGISTRY_ONLY', 'none: 502 (REGISTRY_ONLY)'],
  ['ALLOW_ANY', 'none: forwarded to that host unchanged (ALLOW_ANY)'],
])('a host that the Sidecar of the client does not import is left out with %s', (mode, outcome) => {
  const files = bookinfoFiles('virtual-service-all-v1');
  const text = explanationText(
    explainFiles([...files, sidecar("['./details.default.svc.cluster.local']", mode)]),
  );
  expect(text).toContain(
    'VirtualService/default/reviews: Sidecar/default/default (s.yaml:5) does not import reviews.default.svc.cluster.local from the namespace default [not-imported]',
  );
  expect(text).toContain(
    's.yaml:5 Sidecar/default/default: it does not import reviews.default.svc.cluster.local from the namespace default, so that its sidecars treat it as an unknown host [not-imported]',
  );
  expect(text).toContain(outcome);
});

test('the slow start of new pods is shown', () => {
  const text = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: warm }
spec: { host: reviews, trafficPolicy: { loadBalancer: { warmup: { duration: 10s, aggression: 2 } } } }
`;
  const explanation = explainFiles([...bookinfoFiles(), { file: 'warm.yaml', text }]);
  expect(explanationText(explanation)).toContain(
    'new pods get 10 % of their share at first, all of it after 10000 ms (aggression 2)',
  );
});
