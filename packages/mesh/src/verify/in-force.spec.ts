import type { Explanation } from '@bookinfo/analysis';
import { expect, test } from 'vitest';
import { notInForceReason } from './in-force.js';

type Forward = Extract<Explanation['action'], { kind: 'forward' }>;

const forward: Forward = {
  kind: 'forward',
  weightedClusters: [{ name: 'outbound|9080|v1|reviews', weight: 100 }],
  destinations: [
    {
      cluster: 'outbound|9080|v1|reviews',
      share: 1,
      state: 'ready',
      endpoints: { 'reviews-v1': ['reviews-v1-a'] },
    },
  ],
  timeoutMs: 0,
  retryPolicy: {
    numRetries: 2,
    retryOn: ['connect-failure'],
    retriableStatusCodes: [],
    perTryTimeoutMs: 0,
    baseIntervalMs: 25,
    avoidPreviousHosts: true,
  },
  mirrors: [{ cluster: 'outbound|9080|v2|reviews', percentage: 50, shadowHostSuffix: true }],
  hashPolicies: [],
  clusterNotFoundStatus: 503,
};

const expected: Explanation = {
  from: 'productpage-v1',
  request: { port: 9080, method: 'GET', scheme: 'http', authority: 'reviews:9080', path: '/', headers: {} },
  rule: { resource: 'VirtualService/default/reviews', name: '', file: 'reviews.yaml', line: 8 },
  passedOver: [],
  leftOut: [],
  isPreflight: false,
  fault: { abort: { percentage: 10, httpStatus: 500 } },
  action: forward,
};

const withAction = (change: Partial<Forward>): Explanation => ({
  ...expected,
  action: { ...forward, ...change },
});

const [destination] = forward.destinations as [Forward['destinations'][0]];
const mutations = { remove: [], add: [{ name: 'x-canary', value: 'yes', append: false }] };

test('a rule is in force whatever the order of keys, and whether undefined values are written', () => {
  const keysReversed = JSON.parse(JSON.stringify(expected), (_key, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toReversed())
      : value,
  ) as Explanation;
  expect(notInForceReason(expected, keysReversed)).toBeUndefined();
  expect(
    notInForceReason(expected, { ...keysReversed, location: undefined } as unknown as Explanation),
  ).toBeUndefined();
});

test('other pods behind the same destination, and the same rule in another file, are the same rule', () => {
  const otherPods = [{ ...destination, endpoints: { 'reviews-v1': ['reviews-v1-b'] } }];
  const rule = { resource: 'VirtualService/default/reviews', name: '', file: 'other.yaml', line: 1 };
  const live = { ...withAction({ destinations: otherPods }), rule };
  expect(notInForceReason(expected, live)).toBeUndefined();
});

test.each<[string, Explanation]>([
  ['mirrors', withAction({ mirrors: [] })],
  ['the timeout', withAction({ timeoutMs: 500 })],
  ['retries', withAction({ retryPolicy: { ...forward.retryPolicy, numRetries: 1 } })],
  ['the rewritten host', withAction({ hostRewrite: 'reviews.example.com' })],
  ['the shares', withAction({ destinations: [{ ...destination, share: 0.9 }] })],
  [
    'the state of a destination',
    withAction({ destinations: [{ ...destination, state: 'cluster-not-found' }] }),
  ],
  ['the kind of action', { ...expected, action: { kind: 'direct-response', status: 200, body: '' } }],
  ['the fault', { ...expected, fault: { abort: { percentage: 20, httpStatus: 500 } } }],
  ['request headers', { ...expected, requestHeaders: mutations }],
  ['response headers', { ...expected, responseHeaders: mutations }],
  ['the rewritten path', { ...expected, rewrittenPath: '/v2' }],
  ['the redirect', { ...expected, location: 'http://reviews/' }],
  [
    'CORS',
    {
      ...expected,
      cors: {
        allowOrigins: [],
        allowMethods: 'GET',
        allowHeaders: '',
        exposeHeaders: '',
        allowCredentials: false,
        forwardUnmatchedPreflights: true,
      },
    },
  ],
  ['the resource', { ...expected, rule: { resource: 'VirtualService/default/other', name: '' } }],
])('a rule of which %s differs in the mesh is not in force', (_field, live) => {
  expect(notInForceReason(expected, live)).toContain('apply the file first');
});
