import { describe, expect, test } from 'vitest';
import { binomialBounds, seededRandom } from '@bookinfo/testing';
import { noDraw, outcomeOf, request, tableOf } from '../testing/bookinfo-mesh.js';
import { decide, Matcher, RouteLookup } from '@bookinfo/routing';

const reviews = (http: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http: ${http}
`;
const SPLIT = `
      route:
        - { destination: { host: reviews, subset: v1 }, weight: 90 }
        - { destination: { host: reviews, subset: v2 }, weight: 10 }`;
const FAULTY_SPLIT = `
    - fault:
        delay: { percentage: { value: 10 }, fixedDelay: 2s }
        abort: { percentage: { value: 20 }, httpStatus: 500 }${SPLIT}`;

/** Returns a source of these numbers, which throws after the last. */
function scripted(...numbers: number[]): () => number {
  return () => numbers.shift() ?? noDraw();
}

describe('the order of random numbers', () => {
  test('delay, abort, cluster', () => {
    const table = tableOf(reviews(FAULTY_SPLIT));
    expect(outcomeOf(table, {}, scripted(0.09, 0.2, 0.89))).toBe('after 2000 ms: reviews-v1');
    expect(outcomeOf(table, {}, scripted(0.1, 0.2, 0.9))).toBe('reviews-v2');
  });

  test('nothing is drawn for the cluster of an aborted request', () => {
    expect(outcomeOf(tableOf(reviews(FAULTY_SPLIT)), {}, scripted(0.5, 0.19))).toBe('abort 500');
  });
});

describe('shares', () => {
  const ALPHA = 1e-6;
  const N = 10_000;

  test('10 000 decisions on 90/10 lie within the exact binomial bounds', () => {
    const table = tableOf(
      reviews(`
    - name: split${SPLIT}`),
    );
    const random = seededRandom(42);
    let second = 0;
    for (let n = 0; n < N; n += 1) if (outcomeOf(table, {}, random) === 'reviews-v2') second += 1;
    const { low, high } = binomialBounds(N, 0.1, ALPHA);
    expect(second).toBeGreaterThanOrEqual(low);
    expect(second).toBeLessThanOrEqual(high);
  });

  test('delay and abort are drawn independently', () => {
    const table = tableOf(reviews(FAULTY_SPLIT));
    const random = seededRandom(7);
    let both = 0;
    for (let n = 0; n < N; n += 1) if (outcomeOf(table, {}, random) === 'after 2000 ms: abort 500') both += 1;
    const { low, high } = binomialBounds(N, 0.1 * 0.2, ALPHA);
    expect(both).toBeGreaterThanOrEqual(low);
    expect(both).toBeLessThanOrEqual(high);
  });
});

describe('the reasons why earlier routes were passed over', () => {
  const to = 'route: [{ destination: { host: reviews } }]';
  const reasons = (match: string, asked: Parameters<typeof request>[0] = {}): string[] => {
    const table = tableOf(reviews(`[{ match: [${match}], ${to} }, { ${to} }]`));
    return new RouteLookup(new Matcher(table), request(asked)).passedOver.map(({ reason }) => reason);
  };

  test.each([
    ['{ headers: { end-user: { exact: jason } } }', {}, 'header end-user is absent, exact "jason" wanted'],
    [
      '{ headers: { end-user: { exact: jason } } }',
      { headers: { 'end-user': 'bob' } },
      'header end-user is "bob", exact "jason" wanted',
    ],
    ['{ headers: { end-user: {} } }', {}, 'header end-user is absent'],
    ['{ headers: { ":scheme": { exact: https } } }', {}, 'scheme is "http", exact "https" wanted'],
    ['{ headers: { ":path": { prefix: /a } } }', { path: '/b?c' }, 'path is "/b?c", prefix "/a" wanted'],
    [
      '{ headers: { ":authority": { regex: a+ } } }',
      {},
      'authority is "reviews:9080", regex "a+" wanted for the whole value',
    ],
    ['{ method: { exact: POST } }', {}, 'method is "GET", exact "POST" wanted'],
    ['{ uri: { prefix: /api } }', {}, 'path "/reviews/0" does not start with "/api"'],
    ['{ uri: { exact: /API }, ignoreUriCase: true }', {}, 'path "/reviews/0" is not "/API" (in any case)'],
    [
      '{ uri: { regex: "/a+" } }',
      { path: '/b?c' },
      'path "/b" does not match the regular expression "/a+" as a whole',
    ],
  ])('%s', (match, asked, reason) => {
    expect(reasons(match, asked)).toEqual([reason]);
  });

  test('name the first part that does not hold, for each route before the one that won', () => {
    expect(reasons('{ uri: { exact: /a }, method: { exact: PUT } }, { method: { prefix: P } }')).toEqual([
      'path "/reviews/0" is not "/a"',
      'method is "GET", prefix "P" wanted',
    ]);
  });

  test('are given for all routes when none won', () => {
    const table = tableOf(reviews(`[{ match: [{ uri: { exact: /a } }], ${to} }]`));
    const { lookup, outcome } = decide(new Matcher(table), request(), noDraw);
    expect(outcome).toEqual({ kind: 'route-not-found' });
    expect(lookup.route).toBeUndefined();
    expect(lookup.passedOver).toHaveLength(1);
    expect(lookup.passedOver[0]?.route.rule?.origin).toMatchObject({ file: 'rules.yaml', line: 7 });
  });
});

test('a header named like a property of every object is absent', () => {
  const table = tableOf(
    reviews('[{ match: [{ headers: { constructor: {} } }], route: [{ destination: { host: reviews } }] }]'),
  );
  expect(outcomeOf(table)).toBe('route-not-found');
});
