import { explain, probeOf, type Probe } from '@bookinfo/analysis';
import { DEFAULT_MESH_CONFIG, modelOfFiles } from '@bookinfo/rules';
import { expect, test } from 'vitest';
import { textOf } from './deploy-files.ts';

const BASE = ['platform/kube/bookinfo', 'platform/kube/bookinfo-versions', 'networking/destination-rule-all'];
const VIRTUAL_SERVICE = 'networking/virtual-service';
const ROUTE = 'gateway-api/route';

/** A rule of `networking`, its twin of `gateway-api`, and what both do with: a URL and the client. */
const twins: readonly (readonly [rule: string, twin: string, url: string, from: string])[] = [
  ['all-v1', 'all-v1', 'http://reviews:9080/reviews/0', 'productpage'],
  ['all-v1', 'all-v1', 'http://ratings:9080/ratings/0', 'reviews-v2'],
  ['all-v1', 'all-v1', 'http://details:9080/details/0', 'productpage'],
  ['reviews-v3', 'reviews-v3', 'http://reviews:9080/reviews/0', 'productpage'],
  ['reviews-50-v3', 'reviews-50-v3', 'http://reviews:9080/reviews/0', 'productpage'],
  ['reviews-90-10', 'reviews-90-10', 'http://reviews:9080/reviews/0', 'productpage'],
  ...['0', '10', '50', '100'].map(
    (step) =>
      [
        `reviews-canary-${step}`,
        `reviews-canary-${step}`,
        'http://reviews:9080/reviews/0',
        'productpage',
      ] as const,
  ),
  ['reviews-timeout', 'reviews-timeout', 'http://reviews:9080/reviews/0', 'productpage'],
  ['reviews-mirror-v3', 'reviews-mirror-v3', 'http://reviews:9080/reviews/0', 'productpage'],
  ['reviews-headers', 'reviews-headers', 'http://reviews:9080/reviews/0', 'productpage'],
  ['details-rewrite', 'details-rewrite', 'http://details:9080/books/0', 'productpage'],
  ['details-rewrite', 'details-rewrite', 'http://details:9080/details/0', 'productpage'],
];

test.each(twins)('virtual-service-%s and route-%s do the same with %s from %s', (rule, twin, url, from) => {
  const expected = effectOf(probe([...BASE, `${VIRTUAL_SERVICE}-${rule}`], url, from));
  expect(effectOf(probe([...BASE, `${ROUTE}-${twin}`], url, from))).toEqual(expected);
  expect(Object.values(expected.shares)).not.toEqual([]);
});

test('both gateways redirect /books, and serve the same other paths', () => {
  const gateway = ['networking/bookinfo-gateway', `${VIRTUAL_SERVICE}-productpage-redirect`];
  const twin = ['gateway-api/bookinfo-gateway', `${ROUTE}-productpage-redirect`];
  for (const path of ['books', 'productpage', 'static/x.css', 'login', 'api/v1/products/0', 'metrics']) {
    const sent = (files: string[], from?: string) =>
      probe([...BASE, ...files], `http://localhost/${path}`, from);
    const viaTwin = sent(twin, 'bookinfo-gateway-istio');
    expect(effectOf(viaTwin), path).toEqual(effectOf(sent(gateway)));
  }
});

function probe(files: readonly string[], url: string, from?: string): Probe {
  const sources = files.map((name) => ({ file: `${name}.yaml`, text: textOf(`${name}.yaml`) }));
  const result = modelOfFiles(sources, DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return probeOf(result.model, { method: 'GET', url, headers: {}, ...(from !== undefined && { from }) });
}

/** What a client and its backends see; clusters are named by subset in one and by Service in the other. */
function effectOf(sent: Probe) {
  const { action, rewrittenPath, location, requestHeaders, responseHeaders } = explain(sent);
  const forward = action.kind === 'forward' ? action : undefined;
  const destinations = forward?.destinations.filter(({ share }) => share > 0) ?? [];
  return {
    kind: action.kind,
    location,
    // Without a rewrite the path is that of the request.
    path: rewrittenPath ?? sent.request.path,
    requestHeaders,
    responseHeaders,
    timeoutMs: forward?.timeoutMs,
    shares: Object.fromEntries(
      destinations.map(({ endpoints, share }) => [Object.keys(endpoints).join(), share]),
    ),
    mirrors: forward?.mirrors.map(({ cluster, ...mirror }) => ({
      ...mirror,
      pods: sent.table.clusters.get(cluster)?.endpoints.map(({ labels }) => labels['version']),
    })),
  };
}
