import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { freePort } from '@bookinfo/effects';
import { outputHas, start } from '../../support/run.ts';

const SERVICES = ['productpage', 'details', 'ratings', 'reviews'];
const program = (service: string) => `services/${service}/dist/main.js`;

describe.each(SERVICES)('%s', (service) => {
  test('listens on IPv6 and IPv4, and ends on SIGTERM at once with exit code 0', async () => {
    const port = await freePort();
    const startedAt = performance.now();
    const running = start(program(service), [`${port}`]);
    await outputHas(running, `Server listening on: http://[::]:${port}`);
    const startMs = performance.now() - startedAt;
    for (const host of ['127.0.0.1', '[::1]']) {
      expect((await fetch(`http://${host}:${port}/livez`)).status, host).toBe(200);
    }
    const signalledAt = performance.now();
    running.process.kill('SIGTERM');
    expect((await running.finished).code).toBe(0);
    // The start takes 0.3 s on an idle machine, and longer on a busy one, as the end does. An idle connection that kept
    // the service would keep it for 5 s.
    expect(performance.now() - signalledAt).toBeLessThan(10 * startMs);
  });

  test('names all wrong settings in one message, and ends with exit code 1', async () => {
    const { code, stdout, stderr } = await start(program(service), [], { PORT: 'http', LOG_FORMAT: 'xml' })
      .finished;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      [
        `${service} can't start: wrong settings:`,
        '  PORT: "http" is not a whole number from 0 to 65535',
        '  LOG_FORMAT: "xml" is not one of json, pretty',
        '',
      ].join('\n'),
    );
  });
});

test('a service whose port is in use names it, and ends with exit code 1', async () => {
  const occupant = createServer().listen(0, '::');
  await once(occupant, 'listening');
  const { port } = occupant.address() as AddressInfo;
  const { code, stderr } = await start(program('details'), [`${port}`]).finished;
  expect([code, stderr]).toEqual([
    1,
    `details can't start: port ${port} is in use; set PORT to another one\n`,
  ]);
  occupant.close();
});

test('a request in flight at SIGINT, with SIGTERM right after it, gets its response before the service ends', async () => {
  // Accepts the connection and never responds: the request takes the 2.5 s that v3 waits for ratings.
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const port = await freePort();
  const running = start(program('reviews'), [`${port}`], {
    SERVICE_VERSION: 'v3',
    RATINGS_HOSTNAME: '127.0.0.1',
    RATINGS_SERVICE_PORT: `${(silent.address() as AddressInfo).port}`,
  });
  await outputHas(running, 'Server listening on');
  const answer = fetch(`http://127.0.0.1:${port}/reviews/0`);
  const [socket] = (await once(silent, 'connection')) as [Socket];
  running.process.kill('SIGINT');
  running.process.kill('SIGTERM');
  const response = await answer;
  expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
  expect(await response.text()).toContain('Ratings service is currently unavailable');
  expect((await running.finished).code).toBe(0);
  socket.destroy();
  silent.close();
});
