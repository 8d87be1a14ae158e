// The behaviour that docs/route-semantics.md describes under "Load balancing".
import { expect, test } from 'vitest';
import { startBackend, ask } from '@bookinfo/testing';
import { tableOf as bookinfoTable } from '@bookinfo/compiler/testing';
import { pod } from '@bookinfo/rules/testing';
import { Proxy } from '@bookinfo/proxy';

const rules = (hash: string): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: hashing }
spec: { host: reviews, trafficPolicy: { loadBalancer: { consistentHash: ${hash} } } }
`;
const SPLIT = `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - route: [{ destination: { host: reviews, subset: v1 }, weight: 50 },
              { destination: { host: reviews, subset: v2 }, weight: 50 }]
`;

/** A sidecar with two pods each of reviews v1 and v2. */
async function startMesh(yaml: string, random = Math.random) {
  const stack = new AsyncDisposableStack();
  const names = ['reviews-v1', 'reviews-v1', 'reviews-v2', 'reviews-v2'];
  const backends = await Promise.all(names.map((name, index) => startBackend(`${name}-${index}`)));
  for (const backend of backends) stack.use(backend);
  const pods = names.map((name, index) =>
    pod(name, { name: `${name}-${index}`, ports: { 9080: backends[index]?.endpoint.port ?? 0 } }),
  );
  const table = bookinfoTable(yaml, undefined, pods);
  const proxy = stack.use(await Proxy.start({ role: 'sidecar', table, random }));
  const get = (headers: Record<string, string> = {}, path = '/') =>
    ask(proxy.port, { url: `http://reviews:9080${path}`, headers });
  return { get, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test('one key always reaches the same pod, several keys reach several pods', async () => {
  await using mesh = await startMesh(rules('{ httpHeaderName: end-user }'));
  const podsOf = async (user: string) =>
    new Set(await Promise.all([1, 2, 3, 4, 5].map(async () => (await mesh.get({ 'end-user': user })).body)));
  const met = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(podsOf));
  expect(met.every((pods) => pods.size === 1)).toBe(true);
  expect(new Set(met.flatMap((pods) => [...pods])).size).toBeGreaterThan(1);
});

test('a client that keeps its cookie stays with its pod, and gets no other cookie', async () => {
  await using mesh = await startMesh(rules('{ httpCookie: { name: sid, path: /, ttl: 60s } }'));
  const first = await mesh.get();
  const [setCookie = ''] = first.headers['set-cookie'] ?? [];
  expect(setCookie).toMatch(/^sid="[0-9a-f]{16}"; Max-Age=60; Path=\/; HttpOnly$/);
  const again = await mesh.get({ cookie: setCookie.split(';')[0] ?? '' });
  expect([again.body, again.headers['set-cookie']]).toEqual([first.body, undefined]);
});

test('a hash picks the pod of the version that was drawn, and does not make the split sticky', async () => {
  const draws = [0.1, 0.9, 0.1, 0.9];
  await using mesh = await startMesh(
    `${rules('{ httpQueryParameterName: user }')}${SPLIT}`,
    () => draws.shift() ?? 0,
  );
  const bodies = [];
  for (let count = 0; count < 4; count += 1) bodies.push((await mesh.get({}, '/?user=jason')).body);
  const [one = '', two = ''] = bodies;
  expect(bodies).toEqual([one, two, one, two]);
  expect([one.slice(0, 10), two.slice(0, 10)]).toEqual(['reviews-v1', 'reviews-v2']);
});
