import { expect, test } from 'vitest';
import { requestOfLine } from './request-of-line.js';

const LINE =
  '[2026-11-23T22:13:45.714Z] "GET /reviews/0?x=1 HTTP/1.1" 200 - via_upstream - "-" 3 295 12 11 "-" "curl/7.88.1" ' +
  '"cf9fb2a6-5477-4f80-a4af-bc9166883fd5" "reviews:9080" "127.0.0.1:21999" outbound|9080||reviews.default.svc.cluster.local ' +
  '127.0.0.1:43614 127.0.0.1:21081 127.0.0.1:40044 - default';
const CLUSTER = 'outbound|9080||reviews.default.svc.cluster.local';

test('a line has the request, and its last attempt', () => {
  expect(requestOfLine(LINE)).toEqual({
    startMs: 0,
    endMs: 12,
    responseCode: 200,
    responseFlags: [],
    bytesReceived: 3,
    bytesSent: 295,
    upstreamCluster: CLUSTER,
    decision: undefined,
    attempts: [
      {
        cluster: CLUSTER,
        endpoint: { address: '127.0.0.1', port: 21_999, pod: '', labels: {} },
        startMs: 0,
        endMs: 12,
        isSent: true,
        status: 200,
      },
    ],
  });
});

test('a request that no endpoint got has no attempt', () => {
  const line = LINE.replace('200 - via_upstream', '503 UH no_healthy_upstream').replace(
    '127.0.0.1:21999',
    '-',
  );
  expect(requestOfLine(line)).toMatchObject({
    responseFlags: ['UH'],
    upstreamCluster: CLUSTER,
    attempts: [],
  });
});

test('a refused connection reached no pod', () => {
  const line = LINE.replace('200 - via_upstream', '503 URX,UF upstream_reset_before_response_started{x}');
  expect(requestOfLine(line)?.attempts).toMatchObject([{ isSent: false }]);
});

test('a client’s headers change no field', () => {
  const agent = 'a" "b" "c" "9.9.9.9:1" outbound|1||evil x y z - ';
  expect(requestOfLine(LINE.replace('curl/7.88.1', agent))).toEqual(requestOfLine(LINE));
});

test('another line is no request', () => {
  expect(requestOfLine('[warning] something else')).toBeUndefined();
});
