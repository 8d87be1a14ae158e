import { expect, test } from 'vitest';
import { formatAccessLog, type AccessLogEntry } from './access-log-entry.js';

const ENTRY: AccessLogEntry = {
  startTime: new Date('2026-11-23T22:13:45.714Z'),
  method: 'GET',
  path: '/reviews/0?x=1',
  protocol: 'HTTP/1.1',
  responseCode: 504,
  responseFlags: ['URX', 'UT'],
  responseCodeDetails: 'upstream_per_try_timeout',
  upstreamTransportFailureReason: undefined,
  bytesReceived: 0,
  bytesSent: 24,
  durationMs: 412,
  upstreamServiceTimeMs: undefined,
  forwardedFor: undefined,
  userAgent: 'curl/7.88.1',
  requestId: 'cf9fb2a6-5477-4f80-a4af-bc9166883fd5',
  authority: 'reviews:9080',
  upstreamHost: '127.0.0.1:21999',
  upstreamCluster: 'outbound|9080||reviews.default.svc.cluster.local',
  upstreamLocalAddress: '127.0.0.1:43614',
  downstreamLocalAddress: '127.0.0.1:21081',
  downstreamRemoteAddress: '127.0.0.1:40044',
  startMs: 0,
  endMs: 7,
  decision: undefined,
  attempts: [],
  trace: undefined,
  customTags: undefined,
  routeName: 'default',
};

test('a line equals the one that Envoy 1.40 writes in Istio’s format', () => {
  expect(formatAccessLog(ENTRY)).toBe(
    '[2026-11-23T22:13:45.714Z] "GET /reviews/0?x=1 HTTP/1.1" 504 URX,UT upstream_per_try_timeout - "-" 0 24 412 - "-" "curl/7.88.1" "cf9fb2a6-5477-4f80-a4af-bc9166883fd5" "reviews:9080" "127.0.0.1:21999" outbound|9080||reviews.default.svc.cluster.local 127.0.0.1:43614 127.0.0.1:21081 127.0.0.1:40044 - default',
  );
});

test('an absent value is a dash', () => {
  const nothing = { method: undefined, path: undefined, authority: undefined, upstreamHost: undefined };
  const line = formatAccessLog({ ...ENTRY, ...nothing, responseFlags: [], routeName: '' });
  expect(line).toMatch(/^\[[^\]]+\] "- - HTTP\/1\.1" 504 - .* "-" "-" outbound\S+ \S+ \S+ \S+ - -$/);
});

test('a client’s value can neither end its field nor begin a line', () => {
  const line = formatAccessLog({ ...ENTRY, userAgent: 'a" 200 -\r\n[x] \u001b[2J' });
  expect(line).toContain(String.raw`"a\u0022 200 -\u000d\u000a[x] \u001b[2J"`);
  expect(line.split('\n')).toHaveLength(1);
});
