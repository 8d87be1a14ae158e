import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { fromSchema } from '../support/arbitrary-resources.js';
import { check, explain, explanationText, predict, probeOf } from '@bookinfo/analysis';
import { INGRESS_GATEWAY } from '@bookinfo/compiler';
import { bookinfo } from '@bookinfo/application';
import { compile } from '@bookinfo/compiler';
import {
  DEFAULT_MESH_CONFIG,
  type Client,
  type Model,
  versionProblems,
  plannedPods,
  modelOf,
  kinds,
  parseResources,
  type Resource,
} from '@bookinfo/rules';
import { decide, Matcher, type RouteRequest } from '@bookinfo/routing';

/** The same values in every run; a failure prints the seed, the path to the value and the value. */
const SEED = 1;
const FILE = 'fuzz.yaml';

const base = parseResources(bookinfoFiles()).resources;
const manifests = fc.array(
  fc.oneof(...Object.entries(kinds).map(([kind, schema]) => fromSchema(schema, kind))),
  {
    maxLength: 5,
  },
);

const path = fc.oneof(fc.constantFrom('/', '/reviews/0', '/reviews/0?x=v1', '/a/../b%2e', '*'), fc.webPath());
const hosts = [
  'reviews',
  'ratings:9080',
  'books.example.com',
  'reviews.shop.svc.cluster.local.',
  '[::1]:80',
  '',
];
const requests: fc.Arbitrary<RouteRequest> = fc.record({
  port: fc.constantFrom(80, 9080, 443),
  method: fc.constantFrom('GET', 'POST', 'OPTIONS'),
  scheme: fc.constantFrom('http', 'https'),
  authority: fc.oneof(fc.constantFrom(...hosts), fc.string()),
  path: fc.oneof(path, fc.string()),
  headers: fc.dictionary(
    fc.constantFrom('end-user', 'x', 'app', 'origin', 'access-control-request-method', 'cookie'),
    fc.oneof(fc.constantFrom('v1', 'reviews', ''), fc.string()),
  ),
});
const clients: Client[] = [
  INGRESS_GATEWAY,
  { kind: 'sidecar', namespace: 'default', labels: { app: 'productpage', version: 'v1' } },
  { kind: 'sidecar', namespace: 'shop', labels: { app: 'v1' } },
];

/** Returns each resource in a separate file, with a unique name. */
function parsed(values: readonly unknown[]): Resource[] {
  const sources = values.map((value) => ({ file: FILE, text: JSON.stringify(value) }));
  const { resources, problems } = parseResources(sources);
  expect(problems).toEqual([]);
  return resources.map((resource, index) => ({
    ...resource,
    metadata: { ...resource.metadata, name: `${resource.metadata.name}-${index}` },
  }));
}

function modelWith(values: readonly unknown[], istioVersion: string): Model {
  const resources = [...base, ...parsed(values)];
  return modelOf(resources, plannedPods(resources), { ...DEFAULT_MESH_CONFIG, istioVersion });
}

test('every resource that the schemas accept compiles, and every request is decided', () => {
  const version = fc.constantFrom('1.30', '1.21', '1.0');
  const random = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
  const property = fc.property(
    manifests,
    version,
    fc.array(requests, { minLength: 3 }),
    random,
    (values, istioVersion, asked, draws) => {
      const model = modelWith(values, istioVersion);
      versionProblems(model.resources, istioVersion);
      for (const client of clients) {
        const matcher = new Matcher(compile(model, client));
        for (const request of asked) {
          const decision = decide(matcher, request, () => draws.next().value);
          expect(decision.outcome.kind).not.toBe('');
          expect(decision.lookup.passedOver).toBeInstanceOf(Array);
        }
      }
    },
  );
  fc.assert(property, { seed: SEED, numRuns: 80 });
});

test('every resource that the schemas accept is explained, checked and predicted, and the shares add up to 1', () => {
  // What no URL can hold is an InvalidRequest, which has tests of its own.
  const url = fc
    .tuple(
      fc.constantFrom('reviews:9080', 'ratings:9080', 'productpage:9080', 'books.example.com'),
      fc.webPath().filter((text) => !text.includes('%')),
    )
    .map(([host, where]) => `http://${host}${where || '/'}`);
  const from = fc.constantFrom(undefined, 'productpage', 'reviews-v3');
  const property = fc.property(manifests, url, from, (values, asked, who) => {
    const model = modelWith(values, '1.30');
    const question = { method: 'GET', url: asked, headers: { 'end-user': 'v1' }, from: who };
    const probe = probeOf(model, question);
    explanationText(explain(probe));
    check(model, bookinfo, new Set([FILE]));
    const total = predict(probe, bookinfo).reduce((sum, { share }) => sum + share, 0);
    expect(total).toBeCloseTo(1, 9);
  });
  fc.assert(property, { seed: SEED, numRuns: 30 });
});
