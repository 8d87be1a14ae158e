// Weights of endpoints in the hash tables that docs/route-semantics.md describes under "Load balancing".
import { expect, test } from 'vitest';
import { SIDECAR } from '@bookinfo/rules/testing';
import { tableOf } from '@bookinfo/compiler/testing';
import { ask } from '@bookinfo/testing';
import { startEchoBackend, type Seen } from '../support/echo-backend.js';
import { ENGINES, startEngine, type Engine } from '../support/engine.js';

const KEYS = Array.from({ length: 60 }, (_, index) => `key ${index}`);

test.each(['ringHash: { minimumRingSize: 100 }', 'ringHash: {}', 'maglev: { tableSize: 1009 }'])(
  'all engines place keys alike on endpoints that differ in weight: %s',
  async (algorithm) => {
    await using light = await startEchoBackend('light', () => {});
    await using medium = await startEchoBackend('medium', () => {});
    await using heavy = await startEchoBackend('heavy', () => {});
    const endpoints = [light, medium, heavy].map(
      ({ endpoint }, index) =>
        `{ address: 127.0.0.1, ports: { http: ${endpoint.port} }, weight: ${[1, 2, 5][index]} }`,
    );
    const table = tableOf(
      `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: books }
spec:
  hosts: [books.example.com]
  ports: [{ number: 80, name: http, protocol: HTTP }]
  resolution: STATIC
  endpoints: [${endpoints.join(', ')}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: books }
spec:
  host: books.example.com
  trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: x-key, ${algorithm} } } }
`,
      SIDECAR,
    );
    const podsOn = async (engine: Engine): Promise<string[]> => {
      await using proxy = await startEngine(engine, { role: 'sidecar', table });
      const pods: string[] = [];
      for (const key of KEYS) {
        const request = { url: 'http://books.example.com/', headers: { 'x-key': key } };
        const { body } = await ask(proxy.port, request);
        pods.push((JSON.parse(body) as Seen).pod);
      }
      return pods;
    };
    const [embedded = [], ...others] = await Promise.all(ENGINES.map(podsOn));
    const count = (pod: string): number => embedded.filter((each) => each === pod).length;
    expect(count('heavy')).toBeGreaterThan(count('light'));
    for (const other of others) expect(other).toEqual(embedded);
  },
);
