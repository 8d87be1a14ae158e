// The behaviour that docs/route-semantics.md describes under "Rules of 2017".
import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';

const URL = 'http://reviews:9080/';

/** Returns a RouteRule for reviews; `spec` is YAML beside its destination. */
const routeRule = (name: string, spec: string): string => `---
apiVersion: config.istio.io/v1alpha2
kind: RouteRule
metadata: { name: ${name} }
spec: { destination: { name: reviews }, ${spec} }
`;
const to = (version: string): string => `route: [{ labels: { version: ${version} } }]`;

/** Returns a DestinationPolicy for reviews with a circuit breaker. */
const breaker = (simpleCb: string): string => `---
apiVersion: config.istio.io/v1alpha2
kind: DestinationPolicy
metadata: { name: breaker }
spec: { destination: { name: reviews }, circuitBreaker: { simpleCb: ${simpleCb} } }
`;

describe.each(ENGINES)('rules of 2017, on %s', (engine) => {
  const mesh = useMesh(engine);

  test('a higher precedence comes first, and requests without a matching rule go to all pods', async () => {
    await mesh.rules(
      routeRule('low', `precedence: 1, match: { request: { headers: { x: { exact: a } } } }, ${to('v1')}`) +
        routeRule(
          'high',
          `precedence: 2, match: { request: { headers: { x: { prefix: a } } } }, ${to('v2')}`,
        ),
    );
    expect(await mesh.responder(URL, { headers: { x: 'a' } })).toBe('reviews-v2');
    expect(Object.keys(await mesh.shares(60, URL)).toSorted()).toEqual([
      'reviews-v1',
      'reviews-v2',
      'reviews-v3',
    ]);
  });

  test('a RouteRule has its own timeout, and no retries', async () => {
    await mesh.rules(routeRule('late', `httpReqTimeout: { simpleTimeout: { timeout: 0.1s } }, ${to('v1')}`));
    expect(await mesh.ask(URL, { headers: { 'x-response-after': '400' } })).toMatchObject({
      status: 504,
      body: 'upstream request timeout',
    });
    const headers = { 'content-type': 'application/grpc', 'x-response-headers': '{"grpc-status":"14"}' };
    mesh.seen.length = 0;
    await mesh.ask(URL, { method: 'POST', headers });
    expect(mesh.seen).toHaveLength(1);
  });

  test('labels that no pod has: 503 no healthy upstream', async () => {
    await mesh.rules(routeRule('missing', to('v9')));
    expect(await mesh.ask(URL)).toMatchObject({ status: 503, body: 'no healthy upstream' });
  });

  test('faults, rewrites and header changes apply to matching requests', async () => {
    const jason = "match: { request: { headers: { cookie: { regex: '^(.*?;)?\\s*(user=jason)(;.*)?$' } } } }";
    const fault = 'httpFault: { abort: { percent: 100, httpStatus: 555 } }';
    await mesh.rules(
      routeRule('a', `precedence: 1, ${jason}, ${fault}`) +
        routeRule('b', `rewrite: { uri: /new/ }, appendHeaders: { x-by: rule }, ${to('v1')}`),
    );
    expect(await mesh.ask(URL, { headers: { cookie: 'a=b; user=jason' } })).toMatchObject({
      status: 555,
      body: 'fault filter abort',
    });
    const { seen } = await mesh.ask(`${URL}reviews/0`);
    expect(seen).toMatchObject({ path: '/new/reviews/0', headers: { 'x-by': 'rule' } });
  });

  test('a redirect is 301', async () => {
    await mesh.rules(routeRule('a', 'redirect: { uri: /new, authority: ratings:9080 }'));
    expect(await mesh.ask(URL)).toMatchObject({
      status: 301,
      headers: { location: 'http://ratings:9080/new' },
    });
  });

  test('a DestinationPolicy limits concurrent requests and ejects a failing pod', async () => {
    await mesh.rules(breaker('{ httpMaxRequests: 1 }'));
    const first = mesh.ask(URL, { headers: { 'x-response-after': '300' } });
    await expect.poll(() => mesh.seen.length).toBe(1);
    expect(await mesh.responder(URL)).toBe('503');
    expect((await first).status).toBe(200);
    // One of three pods is 33 %. With less than half of the pods left, Envoy would use all of them.
    await mesh.rules(breaker('{ httpConsecutiveErrors: 1, httpMaxEjectionPercent: 40 }'));
    const failed = await mesh.responder(URL, { headers: { 'x-response-status': '500' } });
    const others = ['reviews-v1', 'reviews-v2', 'reviews-v3'].filter((pod) => pod !== failed);
    // Envoy ejects in its main thread, a moment after the response (outlier_detection_impl.cc, onConsecutive5xx).
    await expect.poll(async () => Object.keys(await mesh.shares(30, URL)).toSorted()).toEqual(others);
  });
});
