import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import request from 'supertest';
import { expect, test } from 'vitest';
import { echo } from '../testing/echo-service.js';
import { startLocalServer } from '../testing/local-server.js';
import { startTestService } from '../testing/start-test-service.js';

const TRACE = '463ac35c9f6413ad48485a3953bb6124';
const PARENT = 'a2fb4a1d1a96d312';

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  status: object;
}

/** Sends a request to the echo service, which calls another one; returns the spans and what the other one got. */
async function traced(path: string, headers: Record<string, string>) {
  const spans: OtlpSpan[] = [];
  const called: IncomingHttpHeaders[] = [];
  const record = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { resourceSpans } = (await json(incoming)) as {
      resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[];
    };
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((each) => each.spans)));
    response.end('{}');
  };
  await using collector = await startLocalServer((incoming, response) => void record(incoming, response));
  await using peer = await startLocalServer((incoming, response) => {
    called.push(incoming.headers);
    response.end('{}');
  });
  const service = await startTestService(echo, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  await request(service.url)
    .get(path.replace('PEER', encodeURIComponent(peer.url)))
    .set(headers);
  await service[Symbol.asyncDispose]();
  return { spans, called };
}

test.each<[string, Record<string, string>]>([
  ['several headers of B3', { 'x-b3-traceid': TRACE, 'x-b3-spanid': PARENT, 'x-b3-sampled': '1' }],
  ['the single header of B3', { b3: `${TRACE}-${PARENT}-1` }],
  ['traceparent', { traceparent: `00-${TRACE}-${PARENT}-01` }],
])(
  'a request with %s is a span of its trace, and the calls that it makes are below it',
  async (_, headers) => {
    const { spans, called } = await traced('/call?url=PEER', headers);
    const [span] = spans;
    expect(spans).toHaveLength(1);
    expect(span).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, name: 'GET /call', kind: 2 });
    expect(called[0]).toMatchObject({
      'x-b3-traceid': TRACE,
      'x-b3-spanid': span?.spanId,
      'x-b3-sampled': '1',
      traceparent: `00-${TRACE}-${span?.spanId}-01`,
    });
    expect(called[0]?.['b3']).toBeUndefined();
  },
);

test('a response of 5xx is an error in its span', async () => {
  const { spans } = await traced('/broken', {});
  expect(spans).toMatchObject([{ name: 'GET /broken', status: { code: 2 } }]);
});

test('a collector that is not there costs no request, and the service ends', async () => {
  const service = await startTestService(echo, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  expect((await request(service.url).get('/echo/here')).body).toEqual({ text: 'here' });
  await service[Symbol.asyncDispose]();
});

test('without a collector the headers of a trace pass unchanged', async () => {
  const called: IncomingHttpHeaders[] = [];
  await using peer = await startLocalServer((incoming, response) => {
    called.push(incoming.headers);
    response.end('{}');
  });
  await using service = await startTestService(echo);
  const headers = { 'x-b3-traceid': TRACE, 'x-b3-spanid': PARENT };
  await request(service.url)
    .get(`/call?url=${encodeURIComponent(peer.url)}`)
    .set(headers);
  expect(called[0]).toMatchObject(headers);
});
