import { describe, expect, test } from 'vitest';
import { forwardsOf, outcomeOf, routesOf, tableOf, virtualHostsOf } from '../testing/bookinfo-mesh.js';
import { INGRESS } from '@bookinfo/rules/testing';

/** Rules for the host reviews; `http` is a YAML flow sequence. */
const reviews = (http: string, name = 'reviews'): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec:
  hosts: [reviews]
  http: ${http}
---
`;
const to = (...versions: string[]): string =>
  `route: [${versions.map((version) => `{ destination: { host: reviews, subset: ${version} } }`).join(', ')}]`;
/** Returns a rule that sends to v1, v2 and so on by these weights. */
const weighted = (...weights: (number | undefined)[]): string => {
  const entries = weights.map((weight, index) => {
    const share = weight === undefined ? '' : `, weight: ${weight}`;
    return `{ destination: { host: reviews, subset: v${index + 1} }${share} }`;
  });
  return reviews(`[{ route: [${entries.join(', ')}] }]`);
};
const faulty = (fault: string): string => reviews(`[{ fault: ${fault}, ${to('v1')} }]`);
/** A VirtualService for all hosts of the Gateway `all`. */
const bound = (name: string, http: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec: { hosts: ['*'], gateways: [all], http: ${http} }
---
`;
const half = () => 0.5;

describe('matching', () => {
  test('fields of one match entry must all hold, entries are alternatives', () => {
    const table = tableOf(
      reviews(`[
        { match: [{ uri: { prefix: /a }, method: { exact: GET } }, { uri: { exact: /b } }], ${to('v2')} },
        { ${to('v1')} }]`),
    );
    expect(outcomeOf(table, { path: '/a' })).toBe('reviews-v2');
    expect(outcomeOf(table, { path: '/a', method: 'POST' })).toBe('reviews-v1');
    expect(outcomeOf(table, { path: '/b', method: 'POST' })).toBe('reviews-v2');
  });

  test('a regular expression has to match the whole value', () => {
    const table = tableOf(
      reviews(`[{ match: [{ headers: { x: { regex: 'a|b' } } }], ${to('v2')} }, { ${to('v1')} }]`),
    );
    expect(outcomeOf(table, { headers: { x: 'b' } })).toBe('reviews-v2');
    expect(outcomeOf(table, { headers: { x: 'ab' } })).toBe('reviews-v1');
  });

  test('an empty header match asks for presence, and ignores the case of the name', () => {
    const table = tableOf(
      reviews(`[{ match: [{ headers: { End-User: {} } }], ${to('v2')} }, { ${to('v1')} }]`),
    );
    expect(outcomeOf(table, { headers: { 'end-user': '' } })).toBe('reviews-v2');
    expect(outcomeOf(table)).toBe('reviews-v1');
  });

  test('a header match does not hold when the header is absent, whatever the pattern', () => {
    const table = tableOf(
      reviews(`[{ match: [{ headers: { x: { regex: '.*' } } }], ${to('v2')} }, { ${to('v1')} }]`),
    );
    expect(outcomeOf(table)).toBe('reviews-v1');
  });

  test('a prefix is one of characters, not of path segments', () => {
    const table = tableOf(reviews(`[{ match: [{ uri: { prefix: /a } }], ${to('v2')} }, { ${to('v1')} }]`));
    expect(outcomeOf(table, { path: '/abc' })).toBe('reviews-v2');
  });

  test('ignoreUriCase applies to exact and prefix, not for a regular expression', () => {
    const table = tableOf(
      reviews(`[
        { match: [{ uri: { exact: /Exact }, ignoreUriCase: true }, { uri: { prefix: /Pre }, ignoreUriCase: true }], ${to('v2')} },
        { match: [{ uri: { regex: /Reg }, ignoreUriCase: true }], ${to('v3')} },
        { ${to('v1')} }]`),
    );
    expect(outcomeOf(table, { path: '/eXACT' })).toBe('reviews-v2');
    expect(outcomeOf(table, { path: '/prefix' })).toBe('reviews-v2');
    expect(outcomeOf(table, { path: '/reg' })).toBe('reviews-v1');
    expect(outcomeOf(table, { path: '/Reg' })).toBe('reviews-v3');
  });

  test('the query is no part of the path', () => {
    const table = tableOf(
      reviews(`[{ match: [{ uri: { exact: /reviews/0 } }], ${to('v2')} }, { ${to('v1')} }]`),
    );
    expect(outcomeOf(table, { path: '/reviews/0?x=/a' })).toBe('reviews-v2');
    expect(outcomeOf(table, { path: '//reviews/0' })).toBe('reviews-v1');
  });
});

describe('virtual hosts', () => {
  test('a host without a matching route answers 404 and does not fall through to another host', () => {
    const table = tableOf(
      `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: all }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop }
spec:
  hosts: [shop.example.com]
  gateways: [all]
  http: [{ match: [{ uri: { exact: /only } }], ${to('v1')} }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: everything }
spec: { hosts: ['*'], gateways: [all], http: [{ ${to('v3')} }] }
`,
      INGRESS,
    );
    expect(outcomeOf(table, { authority: 'shop.example.com', path: '/only' })).toBe('reviews-v1');
    expect(outcomeOf(table, { authority: 'shop.example.com', path: '/other' })).toBe('route-not-found');
    expect(outcomeOf(table, { authority: 'example.com', path: '/other' })).toBe('reviews-v3');
  });

  test('a short name means the Service of the namespace of the resource, and of the client', () => {
    const rules = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: other }
spec: { hosts: [reviews], http: [{ fault: { abort: { percentage: { value: 100 }, httpStatus: 555 } }, ${to('v1')} }] }
`;
    expect(outcomeOf(tableOf(rules))).toBe('reviews-v1 reviews-v2 reviews-v3');
    expect(outcomeOf(tableOf(rules), { authority: 'reviews.other.svc.cluster.local', port: 80 })).toBe(
      'abort 555',
    );

    const elsewhere = { kind: 'sidecar', namespace: 'other', labels: {} } as const;
    expect(outcomeOf(tableOf('', elsewhere))).toBe('passthrough');
    expect(outcomeOf(tableOf('', elsewhere), { authority: 'reviews.default:9080' })).toContain('reviews-v1');
  });

  test('of two VirtualServices for one host only the older one applies at a sidecar', () => {
    const table = tableOf(
      reviews(`[{ match: [{ headers: { x: {} } }], ${to('v1')} }]`, 'older') +
        reviews(`[{ ${to('v3')} }]`, 'younger'),
    );
    expect(outcomeOf(table, { headers: { x: '1' } })).toBe('reviews-v1');
    expect(outcomeOf(table)).toBe('route-not-found');
  });

  test('on a gateway the rules for one host are merged, catch-alls last', () => {
    const table = tableOf(
      `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: all }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 8080, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
` +
        bound('first', `[{ match: [{ uri: { prefix: /a } }], ${to('v1')} }, { ${to('v3')} }]`) +
        bound('second', `[{ match: [{ uri: { prefix: /a } }, { uri: { prefix: /b } }], ${to('v2')} }]`),
      INGRESS,
    );
    expect(outcomeOf(table, { path: '/a' })).toBe('reviews-v1');
    expect(outcomeOf(table, { path: '/b' })).toBe('reviews-v2');
    expect(outcomeOf(table, { path: '/c' })).toBe('reviews-v3');
  });

  test.each(['{ uri: { prefix: / } }', "{ uri: { regex: '.*' } }", '{ uri: {} }', '{ headers: {} }'])(
    'on a sidecar %s is a catch-all, which cuts off the rules behind it',
    (match) => {
      const table = tableOf(
        reviews(`[{ match: [${match}], ${to('v1')} }, { match: [{ uri: { exact: /b } }], ${to('v2')} }]`),
      );
      expect(routesOf(table, 'reviews')).toHaveLength(1);
      expect(outcomeOf(table, { path: '/b' })).toBe('reviews-v1');
    },
  );

  test('a request to an unknown host passes through a sidecar and gets 404 from a gateway', () => {
    expect(outcomeOf(tableOf(''), { authority: 'example.com' })).toBe('passthrough');
    expect(outcomeOf(tableOf('', INGRESS), { authority: 'example.com' })).toBe('route-not-found');
  });
});

describe('destinations', () => {
  test('a single destination gets everything, whatever its weight', () => {
    expect(outcomeOf(tableOf(weighted(10)))).toBe('reviews-v1');
    expect(outcomeOf(tableOf(weighted(0)))).toBe('reviews-v1');
  });

  test('weights 1 and 3 mean 25 and 75 per cent', () => {
    const table = tableOf(weighted(1, 3));
    expect(outcomeOf(table, {}, () => 0.2499)).toBe('reviews-v1');
    expect(outcomeOf(table, {}, () => 0.25)).toBe('reviews-v2');
  });

  test('a destination with weight 0, or without one beside others, is never chosen', () => {
    const table = tableOf(weighted(0, 5, undefined));
    expect(outcomeOf(table)).toBe('reviews-v2'); // and nothing is drawn for it
  });

  test('a missing subset costs its share of the requests, the others are served', () => {
    const table = tableOf(
      reviews(`[{ route: [
        { destination: { host: reviews, subset: v1 }, weight: 50 },
        { destination: { host: reviews, subset: v9 }, weight: 50 }] }]`),
    );
    expect(outcomeOf(table, {}, () => 0.49)).toBe('reviews-v1');
    expect(outcomeOf(table, {}, half)).toBe('no cluster outbound|9080|v9|reviews.default.svc.cluster.local');
  });

  test('a host without a Service is a missing cluster', () => {
    const table = tableOf(reviews('[{ route: [{ destination: { host: recensions } }] }]'));
    expect(outcomeOf(table)).toBe('no cluster outbound|9080||recensions.default.svc.cluster.local');
  });

  test('a subset without pods is an empty cluster', () => {
    expect(outcomeOf(tableOf(reviews(`[{ ${to('v2')} }]`), undefined, []))).toBe('no pod');
  });
});

describe('faults', () => {
  test('without a percentage no fault applies', () => {
    expect(outcomeOf(tableOf(faulty('{ abort: { httpStatus: 500 }, delay: { fixedDelay: 7s } }')))).toBe(
      'reviews-v1',
    );
    expect(outcomeOf(tableOf(faulty('{ abort: { httpStatus: 500, percentage: {} } }')))).toBe('reviews-v1');
  });

  test('at 100 per cent a delay passes before the request goes on, and before an abort', () => {
    const delay = 'delay: { fixedDelay: 7s, percentage: { value: 100 } }';
    expect(outcomeOf(tableOf(faulty(`{ ${delay} }`)))).toBe('after 7000 ms: reviews-v1');
    expect(
      outcomeOf(tableOf(faulty(`{ ${delay}, abort: { httpStatus: 555, percentage: { value: 100 } } }`))),
    ).toBe('after 7000 ms: abort 555');
  });

  test('a delay uses the old integer field percent when percentage is absent', () => {
    expect(outcomeOf(tableOf(faulty('{ delay: { fixedDelay: 1s, percent: 100 } }')))).toBe(
      'after 1000 ms: reviews-v1',
    );
    expect(
      outcomeOf(tableOf(faulty('{ delay: { fixedDelay: 1s, percent: 100, percentage: { value: 0 } } }'))),
    ).toBe('reviews-v1');
  });
});

describe('defaults', () => {
  test('no timeout, and two retries that do not retry a 503 of the application', () => {
    const table = tableOf(reviews(`[{ ${to('v1')} }]`));
    for (const { routes } of virtualHostsOf(table, 9080)) {
      expect(routes[0]?.action).toMatchObject({
        timeoutMs: 0,
        retryPolicy: {
          numRetries: 2,
          retryOn: [
            'connect-failure',
            'refused-stream',
            'unavailable',
            'cancelled',
            'retriable-status-codes',
          ],
        },
      });
    }
  });

  test('a timeout is kept in milliseconds', () => {
    const table = tableOf(reviews(`[{ timeout: 0.5s, ${to('v1')} }]`));
    expect(forwardsOf(table, 'reviews')[0]?.timeoutMs).toBe(500);
  });
});
