import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import request from 'supertest';
import { expect, test } from 'vitest';
import { echo } from '../testing/echo-service.js';
import { sendRaw } from '../testing/send-raw.js';
import { startTestService } from '../testing/start-test-service.js';

test('an unknown path is a 404 in JSON that repeats nothing of the request', async () => {
  await using service = await startTestService(echo);
  const response = await request(service.url).get('/<script>');
  expect([response.status, response.body]).toEqual([404, { error: 'not found' }]);
  expect(response.headers['x-bookinfo-version']).toBe('echo-v1');
});

test('a path without its last segment is a 404 in JSON that repeats nothing of the request', async () => {
  await using service = await startTestService(echo);
  const response = await request(service.url).get('/echo/');
  expect([response.status, response.body]).toEqual([404, { error: 'not found' }]);
});

test('a known path with a wrong method is a 405 that names the allowed methods', async () => {
  await using service = await startTestService(echo);
  const response = await request(service.url).delete('/echo/1?q=2');
  expect([response.status, response.headers['allow']]).toEqual([405, 'GET, HEAD']);
});

test('an unexpected error is a 500 without details, and the log has them', async () => {
  await using service = await startTestService(echo);
  const response = await request(service.url).get('/broken');
  expect([response.status, response.text]).toEqual([500, '{"error":"internal server error"}']);
  expect(service.log).toContainEqual(
    expect.objectContaining({ err: expect.objectContaining({ message: 'a secret detail' }) }),
  );
});

test.each([
  ['a path that cannot be decoded', 'GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
  ['a header bomb', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['a request line that is not HTTP', 'nonsense\r\n\r\n', 400],
  ['bytes that are not text', Buffer.from([0xff, 0xfe, 0x00, 0x0d, 0x0a]), 400],
])(
  '%s gets an error in JSON with the version, and the next request succeeds',
  async (_name, bytes, status) => {
    await using service = await startTestService(echo);
    const response = await sendRaw(service.url, bytes);
    expect(response).toMatch(
      new RegExp(`^HTTP/1.1 ${status} .*x-bookinfo-version: echo-v1\r\n.*\r\n\r\n{"error":"[^"]+"}$`, 's'),
    );
    expect(service.log).toContainEqual(expect.objectContaining({ msg: 'malformed request', status }));
    expect((await request(service.url).get('/metrics')).text).toContain(
      `http_request_duration_seconds_count{method="unknown",route="malformed",status="${status}"} 1`,
    );
    expect((await request(service.url).get('/echo/still-here')).body).toEqual({ text: 'still-here' });
  },
);

test.each([
  ['not HTTP', 'nonsense\r\n\r\n', 400],
  ['a header bomb', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`, 431],
])('a client that keeps sending %s gets the whole response, and no reset', async (_name, begin, status) => {
  await using service = await startTestService(echo);
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  socket.write(begin);
  // More than the kernel buffers: the client can only finish when the service reads on.
  socket.write(Buffer.alloc(32 * 1024 * 1024));
  expect(await text(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*\r\n\r\n\\{"error":"[^"]+"\\}$`));
});

test('a body over 16 KiB is a 413', async () => {
  await using service = await startTestService(echo);
  const response = await request(service.url)
    .post('/echo')
    .send({ big: 'x'.repeat(17_000) });
  expect([response.status, response.body]).toEqual([413, { error: 'Request body is too large' }]);
});

test('a body over 16 KiB is a 413 for GET as well', async () => {
  await using service = await startTestService(echo);
  const response = await request(service.url)
    .get('/echo/1')
    .send({ big: 'x'.repeat(17_000) });
  expect(response.status).toBe(413);
});

test('a body that is not JSON is a 400', async () => {
  await using service = await startTestService(echo);
  const response = await request(service.url).post('/echo').type('json').send('{');
  expect(response.status).toBe(400);
  expect(Object.keys(response.body)).toEqual(['error']);
});

test('a request is one log line with its trace and duration; probes and scrapes are not logged', async () => {
  await using service = await startTestService(echo, { SERVICE_VERSION: 'v2' });
  for (const path of ['/livez', '/readyz', '/metrics'])
    expect((await request(service.url).get(path)).status).toBe(200);
  await request(service.url)
    .get('/echo/1?a=b')
    .set({ 'x-b3-traceid': '80f198ee56343ba8', 'x-request-id': 'r1' });
  await expect
    .poll(() => service.log.filter((line) => line['msg'] === 'request'))
    .toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        app: 'echo',
        version: 'v2',
        method: 'GET',
        path: '/echo/1?a=b',
        status: 200,
        durationMs: expect.any(Number),
        traceId: '80f198ee56343ba8',
        requestId: 'r1',
        msg: 'request',
      },
    ]);
});

test('a log line has at most 128 characters of a request id', async () => {
  await using service = await startTestService(echo);
  await request(service.url)
    .get('/echo/1')
    .set({ 'x-request-id': 'r'.repeat(10_000) });
  await expect
    .poll(() => service.log.find((line) => line['msg'] === 'request')?.['requestId'])
    .toBe('r'.repeat(128));
});

test.each([
  [
    'a request whose body does not arrive',
    'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  ],
  ['a request whose headers do not arrive', 'GET /echo/1 HTTP/1.1\r\nHost: a\r\n'],
])('%s gets a 408 when its time is over', async (_, bytes) => {
  await using service = await startTestService(echo);
  expect(service.server).toMatchObject({ requestTimeout: 30_000, headersTimeout: 30_000 });
  Object.assign(service.server, { requestTimeout: 1, headersTimeout: 1 });
  expect(await sendRaw(service.url, bytes)).toMatch(/^HTTP\/1.1 408 [^]*{"error":"request timeout"}$/);
});

test('durations are counted by route, not by path', async () => {
  await using service = await startTestService(echo);
  for (const path of ['/echo/1', '/echo/2', '/nowhere/1', '/nowhere/2']) await request(service.url).get(path);
  const { text: metrics } = await request(service.url).get('/metrics');
  expect(metrics).toContain(
    'http_request_duration_seconds_count{method="GET",route="/echo/:text",status="200"} 2',
  );
  expect(metrics).toContain(
    'http_request_duration_seconds_count{method="GET",route="unmatched",status="404"} 2',
  );
});

test.each([
  ['info', []],
  ['debug', ['NestApplication', 'InstanceLoader', 'RouterExplorer']],
])("with LOG_LEVEL=%s, Nest's own lines come from %j", async (LOG_LEVEL, contexts) => {
  await using service = await startTestService(echo, { LOG_LEVEL });
  const found = new Set(service.log.map((line) => line['context']).filter(Boolean));
  expect(found.size > 0).toBe(contexts.length > 0);
  for (const context of contexts.slice(1)) expect(found).toContain(context);
});
