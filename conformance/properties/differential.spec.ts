import type { IncomingHttpHeaders } from 'node:http';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INGRESS } from '@bookinfo/rules/testing';
import { arbitraryRequest, arbitraryRules, type Asked, type Rules } from '../support/arbitrary-rules.js';
import { ConformanceMesh } from '../support/mesh.js';
import { GATEWAY_FOR_ALL, virtualService } from '../support/resources.js';
import { envoyMissing } from '@bookinfo/envoy/testing';

/** So that no name is looked up in DNS, which each engine reports in its own words. */
const KNOWN = virtualService('*.example.com', '[{ directResponse: { status: 200 } }]', 'known');

/**
 * What of an answer, and of what backends saw, depends on the moment, or (x-forwarded-for) where a client on the same
 * machine seems to be.
 */
const VOLATILE = [
  'x-forwarded-for',
  'date',
  'connection',
  'keep-alive',
  'x-envoy-upstream-service-time',
  'x-request-id',
];

/** Of each kind of proxy; other seeds have been tried by hand, with many more. */
const RULE_SETS = 60;

/** The embedded gateway begins traces; Envoy only does for a collector of theirs, which Istio has none of by default. */
const TRACE = ['traceparent', 'x-b3-traceid', 'x-b3-spanid', 'x-b3-sampled'];

describe.skipIf(envoyMissing)('under rules that nobody thought of, both engines', () => {
  const meshes = { embedded: new ConformanceMesh('embedded'), envoy: new ConformanceMesh('envoy') };
  beforeAll(async () => {
    for (const mesh of Object.values(meshes)) await mesh.start();
  });
  afterAll(async () => {
    for (const mesh of Object.values(meshes)) await mesh.stop();
  });

  test.each([
    ['sidecar', 1],
    ['gateway', 2],
  ] as const)('of a %s answer alike', { timeout: 60_000 }, async (kind, seed) => {
    const property = fc.asyncProperty(
      arbitraryRules,
      fc.array(arbitraryRequest, { minLength: 1, maxLength: 20, size: 'max' }),
      async (rules, requests) => {
        const text = resources(rules, kind);
        const world = {
          ...(kind === 'gateway' && { client: INGRESS }),
          without: ['reviews-v2', 'reviews-v3'],
        };
        for (const mesh of Object.values(meshes)) await mesh.rules(text, world);
        for (const request of requests) {
          const [embedded, envoy] = [await ask(meshes.embedded, request), await ask(meshes.envoy, request)];
          expect(embedded, JSON.stringify({ rules, request }, undefined, 1)).toEqual(envoy);
        }
      },
    );
    await fc.assert(property, {
      seed,
      numRuns: RULE_SETS,
    });
  });
});

/** The rules as YAML, which JSON is; of a gateway the first lets every host in. */
function resources(rules: readonly Rules[], kind: 'sidecar' | 'gateway'): string {
  const documents = rules.map((spec, index) =>
    JSON.stringify({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: `rules-${index}` },
      spec: { ...spec, ...(kind === 'gateway' && { gateways: ['all'] }) },
    }),
  );
  return [GATEWAY_FOR_ALL, ...documents, KNOWN].join('\n---\n');
}

async function ask(mesh: ConformanceMesh, { method, host, path, headers }: Asked): Promise<object> {
  mesh.seen.length = 0;
  const url = `http://${host}${path}`;
  const answer = await mesh.ask(url, { method, headers });
  return {
    status: answer.status,
    headers: withoutVolatile(
      hasNoBody(method, answer.status) ? withoutFraming(answer.headers) : answer.headers,
    ),
    body: answer.seen ? undefined : answer.body,
    seen: mesh.seen.map(({ headers: seenHeaders, ...seen }) => ({
      ...seen,
      headers: withoutVolatile(seenHeaders),
    })),
  };
}

function withoutVolatile(headers: object): object {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !TRACE.includes(name))
      .map(([name, value]) => [name, VOLATILE.includes(name) ? 'there' : value]),
  );
}

/** Then nobody needs to know how long it is (RFC 9110, 8.6); Envoy says it of a 204 for which a rule has a body. */
function hasNoBody(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204;
}

function withoutFraming(headers: IncomingHttpHeaders): object {
  const { 'content-length': _, 'transfer-encoding': __, ...others } = headers;
  return others;
}
