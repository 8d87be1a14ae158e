import { expect, test } from 'vitest';
import { bookinfo } from '../../test/cli.js';
import { makeRepository } from '../../test/repository.js';

const RULE = `
apiVersion: config.istio.io/v1alpha2
kind: RouteRule
metadata: { name: reviews-jason }
spec:
  destination: { name: reviews }
  precedence: 2
  match: { source: { name: productpage }, request: { headers: { cookie: { regex: '.*user=jason.*' } } } }
  route: [{ labels: { version: v1 }, weight: 90 }, { labels: { version: v2 }, weight: 10 }]
  httpFault: { delay: { fixedDelay: 7s }, abort: { percent: 50.5, httpStatus: 500 } }
`;

test('convert writes a RouteRule as a VirtualService and a DestinationRule', async () => {
  await using repository = await makeRepository();
  await repository.write('rule.yaml', RULE);
  const { code, stdout } = await bookinfo(repository, ['convert', '-f', 'rule.yaml']);
  expect(code).toBe(0);
  expect(stdout)
    .toBe(`# Convert all rules that are to hold together in one call: the VirtualService of another call replaces this one.
# rule.yaml:10: without a percent this delay affects no request
# rule.yaml:10: 50.5 % means 50 %: Istio 0.2 dropped the fraction
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
spec:
  hosts:
    - reviews
  http:
    # RouteRule/default/reviews-jason (rule.yaml:2)
    - match:
        - sourceLabels:
            app: productpage
          sourceNamespace: default
          headers:
            cookie:
              regex: .*user=jason.*
      fault:
        abort:
          percentage:
            value: 50
          httpStatus: 500
      route:
        - destination:
            host: reviews
            subset: version-v1
          weight: 90
        - destination:
            host: reviews
            subset: version-v2
          weight: 10
      timeout: 15s
      retries:
        attempts: 0
    # no RouteRule: the default of Istio 0.2 for all other requests
    - route:
        - destination:
            host: reviews
      timeout: 15s
      retries:
        attempts: 0
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews-route-rules
spec:
  host: reviews
  subsets:
    - name: version-v1
      labels:
        version: v1
      trafficPolicy:
        loadBalancer:
          simple: ROUND_ROBIN
    - name: version-v2
      labels:
        version: v2
      trafficPolicy:
        loadBalancer:
          simple: ROUND_ROBIN
`);
  const { code: checked } = await bookinfo(repository, ['check', '-f', '-'], { input: stdout });
  expect(checked).toBe(1); // The repository of this test has no reviews v2.
});

test('a file without rules of Istio 0.2 is an error', async () => {
  await using repository = await makeRepository();
  expect(await bookinfo(repository, ['convert', '-f', 'deploy/networking/bookinfo-gateway.yaml'])).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'No resource of Istio 0.2 (RouteRule, DestinationPolicy, EgressRule) is in deploy/networking/bookinfo-gateway.yaml.\n',
  });
});
