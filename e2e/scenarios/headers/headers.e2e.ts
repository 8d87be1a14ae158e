import { expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { gatewayRule } from '../../support/gateway-rule.ts';
import { viewPage } from '../../support/page.ts';
import { rule } from '../../support/rules.ts';
import { target } from '../../support/target/index.ts';

test('the ingress adds, sets and removes response headers', async () => {
  await using _rules = await appliedText(
    gatewayRule(
      '{ headers: { response: { set: { x-shop: open }, add: { vary: x-shop }, remove: [x-bookinfo-version] } }, ' +
        'match: [{ uri: { exact: /productpage } }], route: [{ destination: { host: productpage } }] }',
    ),
  );
  const { headers } = await fetch(`${target.ingressUrl}/productpage`);
  expect(headers.get('x-shop')).toBe('open');
  expect(headers.get('vary')).toContain('x-shop');
  expect(headers.get('x-bookinfo-version')).toBeNull();
  const other = await fetch(`${target.ingressUrl}/api/v1/products`);
  expect(other.headers.get('x-shop')).toBeNull();
});

test('a request header that the rule for reviews sets is matched by the rule for ratings', async () => {
  const marked = `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - headers: { request: { set: { jwt: marked } } }
      route: [{ destination: { host: reviews, subset: v3 } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ratings }
spec:
  hosts: [ratings]
  http:
    - match: [{ headers: { jwt: { exact: marked } } }]
      fault: { abort: { percentage: { value: 100 }, httpStatus: 500 } }
      route: [{ destination: { host: ratings, subset: v1 } }]
    - route: [{ destination: { host: ratings, subset: v1 } }]
`;
  await using _rules = await appliedText(marked);
  expect((await viewPage()).html).toContain('Ratings service is currently unavailable');
});

test('headers of one destination of a split mark its responses alone', async () => {
  await using _rules = await appliedText(
    rule('ratings', { version: 'v1' }) +
      `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - route:
        - { destination: { host: reviews, subset: v1 }, weight: 50 }
        - { destination: { host: reviews, subset: v3 }, weight: 50, headers: { response: { set: { x-canary: 'true' } } } }
`,
  );
  const seen = new Set<string>();
  for (let count = 0; count < 60; count += 1) {
    const { hops, headers } = await target.sendAs('productpage-v1', { url: 'http://reviews:9080/reviews/0' });
    seen.add(`${hops[0]} ${headers.get('x-canary')}`);
  }
  expect([...seen].toSorted()).toEqual(['reviews-v1 null', 'reviews-v3 true']);
});
