import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { outcomeOf } from '../testing/bookinfo-mesh.js';
import { INGRESS, pod, SIDECAR } from '@bookinfo/rules/testing';
import { compile } from '../compile.js';
import {
  DEFAULT_MESH_CONFIG,
  modelOf,
  formatProblem,
  parseResources,
  resourceKey,
  type Resource,
  type Client,
} from '@bookinfo/rules';
import type { RouteTable } from '@bookinfo/routing';

const DEPLOY = fileURLToPath(new URL('../../../../deploy/', import.meta.url));
const BASE = [
  'platform/kube/bookinfo.yaml',
  'networking/bookinfo-gateway.yaml',
  'networking/destination-rule-all.yaml',
];
const JASON = { headers: { 'end-user': 'jason' } };

function resourcesOf(files: readonly string[]): Resource[] {
  const { resources, problems } = parseResources(
    files.map((file) => ({ file, text: readFileSync(`${DEPLOY}${file}`, 'utf8') })),
  );
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return resources;
}

/** Returns a client's table after `bookinfo up` and the given files, with a pod for each replica of each Deployment. */
function tableOf(rules: readonly string[], client: Client = SIDECAR): RouteTable {
  const byKey = new Map<string, Resource>();
  for (const files of [BASE, ...rules.map((rule) => [`networking/${rule}.yaml`])]) {
    for (const resource of resourcesOf(files)) byKey.set(resourceKey(resource), resource);
  }
  const resources = [...byKey.values()];
  const pods = resources
    .filter((resource) => resource.kind === 'Deployment')
    .map(({ metadata, spec }) => pod(metadata.name, { labels: spec.template.metadata.labels }));
  return compile(modelOf(resources, pods, DEFAULT_MESH_CONFIG), client);
}

test.each(readdirSync(`${DEPLOY}networking`).map((name) => `networking/${name}`))(
  '%s is understood',
  (file) => {
    expect(resourcesOf([file]).length).toBeGreaterThan(0);
  },
);

test('without rules reviews are served by all three versions', () => {
  expect(outcomeOf(tableOf([]))).toBe('reviews-v1 reviews-v2 reviews-v3');
});

test.each([
  ['virtual-service-all-v1', {}, 'reviews-v1'],
  ['virtual-service-all-v1', { authority: 'ratings' }, 'ratings-v1'],
  ['virtual-service-reviews-v3', {}, 'reviews-v3'],
  ['virtual-service-reviews-test-v2', {}, 'reviews-v1'],
  ['virtual-service-reviews-test-v2', JASON, 'reviews-v2'],
  ['virtual-service-reviews-jason-v2-v3', {}, 'reviews-v3'],
  ['virtual-service-reviews-jason-v2-v3', JASON, 'reviews-v2'],
  ['virtual-service-ratings-test-delay', { authority: 'ratings' }, 'ratings-v1'],
  ['virtual-service-ratings-test-delay', { authority: 'ratings', ...JASON }, 'after 7000 ms: ratings-v1'],
  ['virtual-service-ratings-test-abort', { authority: 'ratings' }, 'ratings-v1'],
  ['virtual-service-ratings-test-abort', { authority: 'ratings', ...JASON }, 'abort 500'],
  ['virtual-service-details-v2', { authority: 'details' }, 'no pod'],
  ['fault-injection-details-v1', { authority: 'details' }, 'abort 555'],
])('%s sends %j to %s', (rule, asked, outcome) => {
  expect(outcomeOf(tableOf([rule]), asked)).toBe(outcome);
});

test.each([
  ['virtual-service-reviews-50-v3', 0.5, 'reviews-v1', 'reviews-v3'],
  ['virtual-service-reviews-80-20', 0.8, 'reviews-v1', 'reviews-v2'],
  ['virtual-service-reviews-90-10', 0.9, 'reviews-v1', 'reviews-v2'],
  ['virtual-service-reviews-v2-v3', 0.5, 'reviews-v2', 'reviews-v3'],
])('%s splits at %d between %s and %s', (rule, share, first, second) => {
  const table = tableOf([rule]);
  expect(outcomeOf(table, {}, () => share - 1e-9)).toBe(first);
  expect(outcomeOf(table, {}, () => share + 1e-9)).toBe(second);
});

test('destination-rule-reviews balances reviews at random', () => {
  const cluster = tableOf(['destination-rule-reviews']).clusters.get(
    'outbound|9080|v1|reviews.default.svc.cluster.local',
  );
  expect(cluster?.lbPolicy).toEqual({ kind: 'RANDOM' });
});

test.each([
  ['/productpage', 'productpage-v1'],
  ['/productpage?u=normal', 'productpage-v1'],
  ['/static/style.css', 'productpage-v1'],
  ['/login', 'productpage-v1'],
  ['/logout', 'productpage-v1'],
  ['/api/v1/products/0/reviews', 'productpage-v1'],
  ['/', 'route-not-found'],
  ['/health', 'route-not-found'],
  ['/productpage/', 'route-not-found'],
  ['/static/../metrics', 'route-not-found'],
])('through the gateway %s reaches %s', (path, outcome) => {
  expect(outcomeOf(tableOf([], INGRESS), { authority: 'localhost:9080', path })).toBe(outcome);
});
