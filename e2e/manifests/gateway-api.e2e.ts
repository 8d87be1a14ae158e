import { parseResources } from '@bookinfo/rules';
import { describe, expect, it } from 'vitest';
import { PART_OF, textOf } from './deploy-files.ts';

/** The weight of each version's Service, by file and parent Service; undefined if the rule has none. */
const effects = {
  'route-all-v1.yaml': {
    reviews: { 'reviews-v1': 1 },
    productpage: { 'productpage-v1': 1 },
    ratings: { 'ratings-v1': 1 },
    details: { 'details-v1': 1 },
  },
  'route-reviews-v1.yaml': { reviews: { 'reviews-v1': 1 } },
  'route-reviews-v3.yaml': { reviews: { 'reviews-v3': 1 } },
  'route-reviews-50-v3.yaml': { reviews: { 'reviews-v1': 50, 'reviews-v3': 50 } },
  'route-reviews-90-10.yaml': { reviews: { 'reviews-v1': 90, 'reviews-v2': 10 } },
};
const VERSIONS = 'platform/kube/bookinfo-versions.yaml';
const names = ['reviews-v1', 'reviews-v2', 'reviews-v3', 'productpage-v1', 'ratings-v1', 'details-v1'];

function resourcesOf(file: string) {
  return parseResources([{ file, text: textOf(file) }]).resources;
}

describe.each(Object.entries(effects))('%s', (file, expected) => {
  it('sends what is attached to each Service to the versions of it by their weights', () => {
    const routes = resourcesOf(`gateway-api/${file}`).filter((resource) => resource.kind === 'HTTPRoute');
    const actual = routes.map(({ metadata, spec }) => [
      metadata.name,
      spec.parentRefs.map(({ group, kind, name, port }) => [group, kind, name, port]),
      spec.rules.map(({ backendRefs }) =>
        Object.fromEntries(backendRefs.map(({ name, weight }) => [name, weight])),
      ),
    ]);
    expect(actual).toEqual(
      Object.entries(expected).map(([name, weights]) => [name, [['', 'Service', name, 9080]], [weights]]),
    );
  });
});

describe('bookinfo-gateway.yaml', () => {
  it('routes the five paths of productpage and nothing else', () => {
    const [gateway, route] = resourcesOf('gateway-api/bookinfo-gateway.yaml');
    expect(gateway).toMatchObject({
      kind: 'Gateway',
      metadata: { name: 'bookinfo-gateway' },
      spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
    });
    expect(route).toMatchObject({
      kind: 'HTTPRoute',
      metadata: { name: 'bookinfo' },
      spec: {
        parentRefs: [{ name: 'bookinfo-gateway' }],
        rules: [
          {
            matches: [
              { path: { type: 'Exact', value: '/productpage' } },
              { path: { type: 'PathPrefix', value: '/static' } },
              { path: { type: 'Exact', value: '/login' } },
              { path: { type: 'Exact', value: '/logout' } },
              { path: { type: 'PathPrefix', value: '/api/v1/products' } },
            ],
            backendRefs: [{ name: 'productpage', port: 9080 }],
          },
        ],
      },
    });
  });
});

describe('bookinfo-versions.yaml', () => {
  it('is a Service for each version, by the labels app and version', () => {
    const actual = resourcesOf(VERSIONS).map(({ kind, metadata, spec }) => [
      kind,
      metadata.name,
      metadata.labels,
      spec,
    ]);
    expect(actual).toEqual(
      names.map((name) => {
        const [app, version] = name.split('-');
        return [
          'Service',
          name,
          PART_OF,
          { selector: { app, version }, ports: [{ port: 9080, name: 'http', index: 0 }] },
        ];
      }),
    );
  });
});
