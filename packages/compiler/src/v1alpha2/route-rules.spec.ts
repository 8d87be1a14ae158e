import { describe, expect, test } from 'vitest';
import { forwardsOf, outcomeOf, request, routesOf, tableOf } from '../testing/bookinfo-mesh.js';
import { pod, SIDECAR } from '@bookinfo/rules/testing';
import { decide, Matcher } from '@bookinfo/routing';

/** Returns a RouteRule for reviews; `spec` is the YAML beside its destination. */
const routeRule = (name: string, spec: string, destination = '{ name: reviews }'): string => `
apiVersion: config.istio.io/v1alpha2
kind: RouteRule
metadata: { name: ${name} }
spec: { destination: ${destination}, ${spec} }
---
`;
const to = (...versions: string[]): string =>
  `route: [${versions.map((version) => `{ labels: { version: ${version} } }`).join(', ')}]`;
const jason = "match: { request: { headers: { cookie: { regex: '^(.*?;)?(user=jason)(;.*)?$' } } } }";
const source = (text: string) => tableOf(routeRule('r', `match: { source: ${text} }, ${to('v2')}`));
const faulty = (fault: string) => tableOf(routeRule('r', `httpFault: ${fault}, ${to('v1')}`));
const half = () => 0.5;
const ALL = 'reviews-v1 reviews-v2 reviews-v3';

test('a rule without a match sends all to the pods with the labels of its route', () => {
  const table = tableOf(routeRule('reviews-default', `precedence: 1, ${to('v1')}`));
  expect(outcomeOf(table)).toBe('reviews-v1');
  expect(routesOf(table, 'reviews')[0]?.rule).toEqual({
    resource: 'RouteRule/default/reviews-default',
    origin: { file: 'rules.yaml', line: 2, column: 1 },
  });
});

test.each([
  '{ name: reviews }',
  '{ name: reviews, namespace: default }',
  '{ name: reviews, namespace: default, domain: cluster.local }',
  '{ service: reviews.default.svc.cluster.local }',
  'reviews.default.svc.cluster.local',
])('the destination may be written %s', (destination) => {
  expect(outcomeOf(tableOf(routeRule('r', to('v2'), destination)))).toBe('reviews-v2');
});

test('a destination of another namespace is another service', () => {
  expect(outcomeOf(tableOf(routeRule('r', to('v2'), '{ name: reviews, namespace: other }')))).toBe(ALL);
});

describe('order', () => {
  test('a higher precedence comes first, and what no rule matches goes to all pods, not to 404', () => {
    const table = tableOf(
      routeRule('low', `precedence: 1, match: { request: { headers: { x: { exact: a } } } }, ${to('v1')}`) +
        routeRule(
          'high',
          `precedence: 2, match: { request: { headers: { x: { prefix: a } } } }, ${to('v2')}`,
        ),
    );
    expect(outcomeOf(table, { headers: { x: 'a' } })).toBe('reviews-v2');
    expect(outcomeOf(table)).toBe(ALL);
    expect(routesOf(table, 'reviews').at(-1)?.rule).toBeUndefined();
  });

  test('of equal precedence the first by namespace and name counts', () => {
    const table = tableOf(routeRule('b', to('v1')) + routeRule('a', to('v3')));
    expect(outcomeOf(table)).toBe('reviews-v3');
  });

  test('a precedence below zero comes after rules without one', () => {
    const table = tableOf(routeRule('a', `precedence: -1, ${to('v1')}`) + routeRule('b', to('v3')));
    expect(outcomeOf(table)).toBe('reviews-v3');
  });
});

describe('match', () => {
  test('all of it must hold, and uri, method, scheme and authority are parts of the request', () => {
    const headers =
      '{ uri: { prefix: /reviews }, method: { exact: GET }, authority: { regex: "reviews.*" }, cookie: { regex: "^(.*?;)?(user=jason)(;.*)?$" } }';
    const table = tableOf(routeRule('r', `match: { request: { headers: ${headers} } }, ${to('v2')}`));
    const matching = { path: '/reviews/0', headers: { cookie: 'a=b; user=jason' } };
    expect(outcomeOf(table, { ...matching, headers: { cookie: 'a=b;user=jason;c=d' } })).toBe('reviews-v2');
    expect(outcomeOf(table, matching)).toBe(ALL);
    expect(outcomeOf(table, { ...matching, headers: { cookie: 'user=jason' }, method: 'POST' })).toBe(ALL);
    expect(outcomeOf(table, { ...matching, headers: { cookie: 'user=jason' }, path: '/' })).toBe(ALL);
  });

  test('a source matches the clients that the Service of its name selects, with its labels', () => {
    expect(outcomeOf(source('{ name: productpage }'))).toBe('reviews-v2');
    expect(outcomeOf(source('{ name: ratings }'))).toBe(ALL);
    expect(outcomeOf(source('{ name: productpage, labels: { version: v2 } }'))).toBe(ALL);
    expect(outcomeOf(source('{ name: missing }'))).toBe(ALL);
    expect(outcomeOf(source('{ labels: { app: productpage } }'))).toBe('reviews-v2');
    expect(outcomeOf(source('{ labels: { istio: ingress } }'))).toBe(ALL);
  });

  test('a rule for one client still takes all of its requests', () => {
    const rules =
      routeRule('a', `precedence: 2, match: { source: { name: productpage } }, ${to('v2')}`) +
      routeRule('b', to('v1'));
    expect(outcomeOf(tableOf(rules))).toBe('reviews-v2');
    expect(outcomeOf(tableOf(rules, { ...SIDECAR, labels: { app: 'details' } }))).toBe('reviews-v1');
  });
});

describe('route', () => {
  test('weights share the requests', () => {
    const route =
      'route: [{ labels: { version: v1 }, weight: 80 }, { labels: { version: v2 }, weight: 20 }, { labels: { version: v3 }, weight: 0 }]';
    const [action] = forwardsOf(tableOf(routeRule('r', route)), 'reviews');
    expect(action?.weightedClusters.map(({ weight }) => weight)).toEqual([80, 20]);
  });

  test('without a route, or without labels, all pods share the requests', () => {
    expect(outcomeOf(tableOf(routeRule('r', 'precedence: 1')))).toBe(ALL);
    expect(outcomeOf(tableOf(routeRule('r', 'route: [{ weight: 100 }]')))).toBe(ALL);
  });

  test('labels that no pod has answer 503 no healthy upstream, not a missing cluster', () => {
    expect(outcomeOf(tableOf(routeRule('r', to('v9'))))).toBe('no pod');
  });

  test('a destination in the route sends the requests to another service', () => {
    const route = 'route: [{ destination: { name: ratings }, labels: { version: v1 } }]';
    expect(outcomeOf(tableOf(routeRule('r', route)))).toBe('ratings-v1');
  });

  test('pods selected by labels take turns, as was the default', () => {
    const pods = [pod('reviews-v1'), pod('reviews-v1', { name: 'second' })];
    const table = tableOf(routeRule('r', to('v1')), SIDECAR, pods);
    const { outcome } = decide(new Matcher(table), request(), half);
    expect(outcome.kind === 'forward' && outcome.cluster.lbPolicy.kind).toBe('ROUND_ROBIN');
  });
});

describe('limits', () => {
  test('without httpReqTimeout a request has 15 s, also on the default route, and no retries', () => {
    const forwards = forwardsOf(tableOf(routeRule('r', `${jason}, ${to('v1')}`)), 'reviews');
    expect(forwards.map(({ timeoutMs }) => timeoutMs)).toEqual([15_000, 15_000]);
    expect(forwards.map(({ retryPolicy }) => retryPolicy.numRetries)).toEqual([0, 0]);
  });

  test('httpReqTimeout and httpReqRetries override that', () => {
    const limits =
      'httpReqTimeout: { simpleTimeout: { timeout: 2s } }, httpReqRetries: { simpleRetry: { attempts: 3, perTryTimeout: 0.5s } }';
    expect(forwardsOf(tableOf(routeRule('r', limits)), 'reviews')[0]).toMatchObject({
      timeoutMs: 2000,
      retryPolicy: {
        numRetries: 3,
        perTryTimeoutMs: 500,
        retryOn: ['5xx', 'connect-failure', 'refused-stream'],
        avoidPreviousHosts: false,
      },
    });
  });
});

describe('faults', () => {
  test('delay and abort apply to their share', () => {
    const table = faulty(
      '{ delay: { percent: 100, fixedDelay: 7s }, abort: { percent: 50, httpStatus: 555 } }',
    );
    expect(outcomeOf(table, {}, () => 0.4)).toBe('after 7000 ms: abort 555');
    expect(outcomeOf(table, {}, () => 0.6)).toBe('after 7000 ms: reviews-v1');
  });

  test.each(['{ abort: { httpStatus: 500 } }', '{ abort: { percent: 0.9, httpStatus: 500 } }'])(
    'without a whole per cent there is none: %s',
    (fault) => expect(outcomeOf(faulty(fault))).toBe('reviews-v1'),
  );

  test('the fraction of a percentage is cut off', () => {
    expect(routesOf(faulty('{ abort: { percent: 10.9, httpStatus: 500 } }'), 'reviews')[0]?.fault).toEqual({
      abort: { percentage: 10, httpStatus: 500 },
    });
  });
});

test('a redirect responds 301', () => {
  const table = tableOf(routeRule('r', 'redirect: { uri: /new, authority: ratings }'));
  const { outcome } = decide(new Matcher(table), request(), half);
  expect(outcome).toEqual({ kind: 'redirect', status: 301, location: 'http://ratings/new' });
});

test('rewrite, appendHeaders, corsPolicy and mirror apply, and the Host of a copy ends in -shadow', () => {
  const cors = "{ allowOrigin: ['http://a.example'], allowMethods: [GET], maxAge: 60s }";
  const [route] = routesOf(
    tableOf(
      routeRule(
        'r',
        `match: { request: { headers: { uri: { prefix: /reviews } } } },
         rewrite: { uri: /new, authority: new.example }, appendHeaders: { x-by: rule },
         mirror: { name: ratings, labels: { version: v1 } }, corsPolicy: ${cors}`,
      ),
    ),
    'reviews',
  );
  expect(route).toMatchObject({
    requestHeaders: { add: [{ name: 'x-by', value: 'rule', append: true }] },
    cors: {
      allowOrigins: [{ kind: 'exact', value: 'http://a.example' }],
      allowMethods: 'GET',
      maxAge: 60,
    },
    action: {
      rewrite: { kind: 'prefix', value: '/new' },
      hostRewrite: 'new.example',
      mirrors: [
        {
          cluster: 'outbound|9080|version-v1|ratings.default.svc.cluster.local',
          percentage: 100,
          shadowHostSuffix: true,
        },
      ],
    },
  });
});
