import type { IncomingHttpHeaders } from 'node:http';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INGRESS } from '@bookinfo/rules/testing';
import {
  arbitraryRequest,
  arbitraryRules,
  type GeneratedRequest,
  type Rules,
} from '../support/arbitrary-rules.js';
import { ConformanceMesh } from '../support/mesh.js';
import { GATEWAY_FOR_ALL, virtualService } from '../support/resources.js';
import { envoyMissing } from '@bookinfo/envoy/testing';

/** Names are not resolved by DNS, whose errors differ between the engines. */
const KNOWN = virtualService('*.example.com', '[{ directResponse: { status: 200 } }]', 'known');

/** Headers that depend on the time, or (x-forwarded-for) on the address of a client on the same machine. */
const VOLATILE = [
  'x-forwarded-for',
  'date',
  'connection',
  'keep-alive',
  'x-envoy-upstream-service-time',
  'x-request-id',
];

/** Number of rule sets for each kind of proxy. */
const RULE_SETS = 60;
/** Ends a test that hangs. */
const HANG_MS = 600_000;

/** The embedded gateway begins traces; Envoy does so only with a tracing provider, which Istio lacks by default. */
const TRACE = ['traceparent', 'x-b3-traceid', 'x-b3-spanid', 'x-b3-sampled'];

describe.skipIf(envoyMissing)('with arbitrary rules both engines', () => {
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
  ] as const)('give equal responses as a %s', { timeout: HANG_MS }, async (kind, seed) => {
    const property = fc.asyncProperty(
      arbitraryRules,
      fc.array(arbitraryRequest, { minLength: 1, maxLength: 20, size: 'max' }),
      async (rules, requests) => {
        const text = resources(rules, kind);
        const context = {
          ...(kind === 'gateway' && { client: INGRESS }),
          without: ['reviews-v2', 'reviews-v3'],
        };
        for (const mesh of Object.values(meshes)) await mesh.rules(text, context);
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

/** Returns the rules as YAML, with a Gateway for all hosts when they are a gateway's. */
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

async function ask(
  mesh: ConformanceMesh,
  { method, host, path, headers }: GeneratedRequest,
): Promise<object> {
  mesh.seen.length = 0;
  const url = `http://${host}${path}`;
  const response = await mesh.ask(url, { method, headers });
  return {
    status: response.status,
    headers: withoutVolatile(
      hasNoBody(method, response.status) ? withoutFraming(response.headers) : response.headers,
    ),
    body: response.seen ? undefined : response.body,
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

/** Removes the Content-Length of responses without a body, which may be left out (RFC 9110, 8.6); Envoy writes it for a 204 whose rule has a body. */
function hasNoBody(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204;
}

function withoutFraming(headers: IncomingHttpHeaders): object {
  const { 'content-length': _, 'transfer-encoding': __, ...others } = headers;
  return others;
}
