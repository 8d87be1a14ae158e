import { beforeAll, describe, expect, test } from 'vitest';
import { imageName, processorMs, stop, TestContainer, urlOf } from '../support/container.js';
import { lacksDocker } from '../support/docker.js';

/** Of each image: a path that it serves without any other service or database, and without a fault. */
const PATHS = {
  'details-v1': '/details/0',
  'details-v2': '/health',
  'productpage-v1': '/productpage',
  'productpage-v-flooding': '/health',
  'ratings-v1': '/ratings/0',
  'ratings-v-faulty': '/health',
  'ratings-v-delayed': '/health',
  'ratings-v-unavailable': '/ratings/0',
  'ratings-v-unhealthy': '/health',
  'reviews-v1': '/reviews/0',
  'reviews-v2': '/reviews/0',
  'reviews-v3': '/reviews/0',
};

const REQUESTS = 20;

/** Listens and does nothing else. Ends half a second after SIGTERM, the time in which a service fails its readiness probe. */
const LEAST = `require('node:http').createServer((_, response) => response.end()).listen(9080);
  process.on('SIGTERM', () => setTimeout(() => process.exit(0), 500));`;

const startService = (image: string) =>
  new TestContainer(imageName(image)).withRestrictions().asService().start();

const startLeast = () =>
  new TestContainer(imageName('details-v1'))
    .withRestrictions()
    .asService()
    .withCommand(['node', '--eval', LEAST])
    .start();

describe.skipIf(lacksDocker())('the image of a service', () => {
  let leastMs: number;

  beforeAll(async () => {
    const container = await startLeast();
    leastMs = await processorMs(container);
    await stop(container);
  });

  test.each(Object.entries(PATHS))(
    '%s serves under any user, without capabilities, with a read-only root and 128 MiB',
    async (image, path) => {
      const service = await startService(image);
      const startMs = await processorMs(service);
      for (const probe of ['/livez', '/readyz', '/health', '/metrics'])
        expect((await fetch(urlOf(service, probe))).status, probe).toBe(200);

      for (let count = 0; count < REQUESTS; count += 1) {
        const response = await fetch(urlOf(service, path));
        expect(response.status).toBe(200);
        expect(response.headers.get('x-bookinfo-path')).toContain(image);
      }
      expect(await stop(service)).toMatchObject({ exitCode: 0, outOfMemory: false });
      // Processor time, because waiting for a processor is not the program's own.
      expect(startMs).toBeLessThan(10 * leastMs);
    },
  );

  test('an image without shell serves as well', async () => {
    const image = imageName('ratings-v1', '-distroless');
    const service = await new TestContainer(image).withRestrictions().asService().start();
    expect((await fetch(urlOf(service, '/ratings/0'))).status).toBe(200);
    expect(await stop(service)).toMatchObject({ exitCode: 0, outOfMemory: false });
  });

  test('a service ends on SIGTERM about as soon as a program that does nothing else', async () => {
    const [least, ...services] = await Promise.all([
      startLeast(),
      ...['details-v1', 'productpage-v1', 'ratings-v1', 'reviews-v1'].map(startService),
    ]);
    const [leastEnding, ...endings] = await Promise.all([least, ...services].map(stop));
    for (const { exitCode, milliseconds } of endings) {
      expect(exitCode).toBe(0);
      expect(milliseconds).toBeLessThan(2 * leastEnding!.milliseconds);
    }
  });
});
