import { expect, test } from 'vitest';
import type { Span } from '@bookinfo/telemetry';
import { collectorRoute } from './collector-route.js';
import { TelemetryServer } from './telemetry-server.js';

const SPAN = {
  traceId: '463ac35c9f6413ad48485a3953bb6124',
  id: 'a2fb4a1d1a96d312',
  name: 'reviews',
  timestamp: 1,
  duration: 1,
  localEndpoint: { serviceName: 'reviews.default' },
};
const JSON_TYPE = 'application/json';

async function send(body: string, contentType = JSON_TYPE) {
  const spans: Span[] = [];
  await using server = await TelemetryServer.start([collectorRoute((some) => spans.push(...some))], 0);
  const url = `http://127.0.0.1:${server.port}/api/v2/spans`;
  const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': contentType } });
  return { status: response.status, text: await response.text(), spans };
}

test('spans are accepted as Zipkin accepts them', async () => {
  expect(await send(JSON.stringify([SPAN]))).toMatchObject({ status: 202, text: '', spans: [SPAN] });
});

test.each([
  ['what is not JSON', 'garbage', JSON_TYPE, 400, 'body: it is not JSON\n'],
  ['a body of more than 4 MiB', 'x'.repeat(4 * 1024 * 1024 + 1), JSON_TYPE, 413, 'more than 4194304 bytes\n'],
  [
    'text, as a page of another site can send it',
    JSON.stringify([SPAN]),
    'text/plain',
    415,
    'the body must be application/json\n',
  ],
])('%s is refused, and no span is taken', async (_, body, contentType, status, text) => {
  expect(await send(body, contentType)).toEqual({ status, text, spans: [] });
});
