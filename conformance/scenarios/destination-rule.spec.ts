// The behaviour that docs/route-semantics.md describes under "DestinationRule".
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBackend, type Backend, ask, type HttpRequest } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/compiler/testing';
import { pod } from '@bookinfo/rules/testing';
import { ENGINES, startEngine, type RunningEngine } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { envoyMissing } from '@bookinfo/envoy/testing';

const URL = 'http://reviews:9080/';
const OVERFLOW = 'upstream connect error or disconnect/reset before headers. reset reason: overflow';

/** Returns a DestinationRule for reviews, beside the one that defines its subsets. */
const policy = (trafficPolicy: string): string => `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: policy }
spec: { host: reviews, trafficPolicy: ${trafficPolicy} }
`;

describe.each(ENGINES)('%s', (engine) => {
  const mesh = useMesh(engine);

  test('a request above the limits of a connectionPool gets 503 and x-envoy-overloaded at once', async () => {
    await mesh.rules(
      policy('{ connectionPool: { tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 1 } } }'),
      {
        without: ['reviews-v2', 'reviews-v3'],
      },
    );
    const askSlowly = () => mesh.ask(URL, { headers: { 'x-response-after': '300' } });
    // Until there is a connection, its first request is pending as well.
    const first = askSlowly();
    await expect.poll(() => mesh.seen.length).toBe(1);
    const responses = await Promise.all([first, askSlowly(), askSlowly(), askSlowly(), askSlowly()]);
    const refused = responses.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(3);
    for (const response of refused)
      expect(response).toMatchObject({
        status: 503,
        body: OVERFLOW,
        headers: { 'x-envoy-overloaded': 'true' },
      });
  });

  test.each(['ROUND_ROBIN', 'LEAST_REQUEST'])(
    'with %s and a warmup a new pod gets fewer requests',
    async (simple) => {
      const windowMs = 2000;
      const rules = policy(`{ loadBalancer: { simple: ${simple}, warmup: { duration: ${windowMs}ms } } }`);
      await mesh.rules(rules, { without: ['reviews-v2', 'reviews-v3'] });
      await sleep(windowMs);
      const added = performance.now();
      await mesh.rules(rules, { without: ['reviews-v3'] });
      let ofNew = 0;
      for (let sent = 0; sent < 60; sent += 1) if ((await mesh.responder(URL)) === 'reviews-v2') ofNew += 1;
      const weight = Math.max(0.1, Math.min(1, (performance.now() - added) / windowMs));
      // The weight was less than that for every earlier request; a turn that has begun is not shortened.
      expect(ofNew).toBeLessThanOrEqual(60 * (weight / (1 + weight)) + 2);
      expect(ofNew).toBeGreaterThan(0);
    },
  );
});

describe.skipIf(envoyMissing)('consistent hashing on both engines', () => {
  const backends: Backend[] = [];
  const engines: RunningEngine[] = [];
  beforeAll(async () => {
    for (const name of ['reviews-v1', 'reviews-v2', 'reviews-v3']) backends.push(await startBackend(name));
    for (const engine of ENGINES)
      engines.push(await startEngine(engine, { role: 'sidecar', table: tableOf('') }));
  });
  afterAll(async () => {
    for (const part of [...engines, ...backends]) await part[Symbol.asyncDispose]();
  });

  /** Returns the pods that respond to the requests, in a list for each engine. */
  async function responses(trafficPolicy: string, questions: readonly HttpRequest[]): Promise<string[][]> {
    const pods = backends.map(({ endpoint }) => pod(endpoint.pod, { ports: { 9080: endpoint.port } }));
    const table = tableOf(policy(trafficPolicy), undefined, pods);
    const lists: string[][] = [];
    for (const engine of engines) {
      await engine.setTable(table);
      const list: string[] = [];
      for (const question of questions) list.push((await ask(engine.port, question)).body);
      lists.push(list);
    }
    return lists;
  }

  const users = Array.from({ length: 60 }, (_, index) => `user-${index}`);
  test.each([
    ['httpHeaderName: x-user', (user: string) => ({ headers: { 'x-user': user } })],
    [
      'httpHeaderName: x-user, ringHash: { minimumRingSize: 64 }',
      (user: string) => ({ headers: { 'x-user': user } }),
    ],
    [
      'httpHeaderName: x-user, maglev: { tableSize: 251 }',
      (user: string) => ({ headers: { 'x-user': user } }),
    ],
    ['httpCookie: { name: user, ttl: 0s }', (user: string) => ({ headers: { cookie: `a=b; user=${user}` } })],
    ['httpQueryParameterName: user', (user: string) => ({ url: `${URL}?user=${user}` })],
  ])('send the same key to the same pod by { %s }', async (consistentHash, question) => {
    const [embedded, envoy] = await responses(
      `{ loadBalancer: { consistentHash: { ${consistentHash} } } }`,
      users.map((user) => ({ url: URL, ...question(user) })),
    );
    expect(embedded).toEqual(envoy);
    expect(new Set(envoy).size).toBe(3);
  });
});
