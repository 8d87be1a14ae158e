import { expect, test } from 'vitest';
import { nodeId } from '../workload-identity.js';
import { receivedSpans } from './received-spans.js';
import { partOfSpan, podOf, requestOfSpan } from './span-record.js';

const POD = { workload: 'reviews-v2', namespace: 'shop', pod: 'reviews-v2-abc', labels: {} };
const CLUSTER = 'outbound|9080|v1|ratings.shop.svc.cluster.local';
const sent = {
  traceId: '463ac35c9f6413ad48485a3953bb6124',
  id: 'a2fb4a1d1a96d312',
  kind: 'CLIENT',
  name: 'ratings.shop.svc.cluster.local:9080/*',
  timestamp: 1_795_880_573_994_179,
  duration: 7300,
  localEndpoint: { serviceName: 'reviews.shop', ipv4: '10.0.0.1' },
  tags: {
    node_id: nodeId('sidecar', POD),
    'http.status_code': '503',
    response_flags: 'URX,UF',
    upstream_cluster: CLUSTER,
    response_size: '81',
    error: 'true',
  },
};
const read = (spans: unknown) => receivedSpans(JSON.stringify(spans));

test('a span of Envoy is a request of the pod that its node names', () => {
  const [span] = read([sent]);
  expect(podOf(span!)).toEqual({ pod: 'reviews-v2-abc', namespace: 'shop' });
  expect(requestOfSpan(span!, true)).toMatchObject({
    endMs: 7.3,
    responseCode: 503,
    responseFlags: ['URX', 'UF'],
    bytesSent: 81,
    upstreamCluster: CLUSTER,
    attempts: [{ cluster: CLUSTER }],
  });
  expect(requestOfSpan(span!, false).attempts).toEqual([]);
});

test('a span is a part of its trace, with its workload and what is wrong with it', () => {
  const [span] = read([sent]);
  const part = partOfSpan(span!, POD);
  expect(part).toMatchObject({ traceId: sent.traceId, isError: true, workloads: ['shop/reviews-v2'] });
  expect(part.spans()).toMatchObject([{ id: sent.id, workload: 'shop/reviews-v2' }]);
  const [good] = read([{ ...sent, tags: { ...sent.tags, error: '', response_flags: '-' } }]);
  expect(partOfSpan(good!, POD).isError).toBe(false);
});

test('a span without a node id has no pod', () => {
  expect(podOf(read([{ ...sent, tags: {} }])[0]!)).toBeUndefined();
});

test.each<[string, unknown, RegExp]>([
  ['an id that is none', [{ ...sent, id: 'nonsense' }], /^0\.id: /],
  ['an object', {}, /^body: /],
  ['tags that are no texts', [{ ...sent, tags: { a: 1 } }], /^0\.tags\.a: /],
  ['a time before 1970', [{ ...sent, timestamp: -1 }], /^0\.timestamp: /],
  ['a long text', [{ ...sent, name: 'x'.repeat(5000) }], /^0\.name: /],
])('%s is refused with the place in one line', (_, spans, message) => {
  expect(() => read(spans)).toThrow(message);
});

test('what is not JSON is refused', () => {
  expect(() => receivedSpans('garbage')).toThrow(/^body: it is not JSON$/);
});
