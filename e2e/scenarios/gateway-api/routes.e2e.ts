import { expect, test } from 'vitest';
import { applied, appliedText } from '../../support/applied.ts';
import { lacks, target } from '../../support/target/index.ts';
import { countReviews, viewPage } from '../../support/page.ts';

const VERSIONS = 'platform/kube/bookinfo-versions';

test.each([
  ['route-reviews-v1', 'v1', 0],
  ['route-reviews-v3', 'v3', 9],
])('under %s only %s responds, with %i stars on the page', async (file, version, stars) => {
  await using _rules = await applied(VERSIONS, `gateway-api/${file}`);
  expect(await countReviews(40)).toEqual({ [version]: 40 });
  const { html } = await viewPage();
  expect(html.match(/glyphicon glyphicon-star/g) ?? []).toHaveLength(stars);
});

test('under route-all-v1 every service responds in version v1', async () => {
  await using _rules = await applied(VERSIONS, 'gateway-api/route-all-v1');
  expect((await viewPage()).hops).toEqual(['productpage-v1', 'details-v1', 'reviews-v1']);
});

test('an HTTPRoute takes precedence over a VirtualService for the same Service until it is deleted', async () => {
  await using _virtualService = await applied('networking/virtual-service-reviews-v3');
  {
    await using _route = await applied(VERSIONS, 'gateway-api/route-reviews-v1');
    expect(await countReviews(20)).toEqual({ v1: 20 });
  }
  expect(await countReviews(20)).toEqual({ v3: 20 });
});

test.skipIf(lacks('gateways'))(
  'the five paths of bookinfo-gateway reach productpage through its Gateway',
  async () => {
    await using _gateway = await applied('gateway-api/bookinfo-gateway');
    const url = await target.gatewayUrl('bookinfo-gateway-istio');
    const statusOf = async (path: string): Promise<number> => (await fetch(`${url}${path}`)).status;
    expect(await statusOf('/productpage')).toBe(200);
    expect(await statusOf('/api/v1/products')).toBe(200);
    expect(await statusOf('/api/v1/productsale')).toBe(404);
    expect(await statusOf('/health')).toBe(404);
  },
);

test('a request that matches no rule of an attached route gets 404', async () => {
  await using _rules = await appliedText(`
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ratings }
spec:
  parentRefs: [{ group: '', kind: Service, name: ratings }]
  rules: [{ matches: [{ path: { value: /nothing } }], backendRefs: [{ name: ratings, port: 9080 }] }]
`);
  await using _reviews = await applied('networking/virtual-service-reviews-v3');
  expect((await viewPage()).html).toContain('Ratings service is currently unavailable');
});
