import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from '../service.js';
import { type Answers, startBackends } from '../../test/start-backends.js';

const SILENT = { delayMs: 30_000 };

// These wait for the real limits, so they wait at the same time.
test.concurrent.each<[string, Answers, number, string[]]>([
  ['details has 3 s and one attempt', { details: SILENT }, 3, ['/details/0', '/reviews/0']],
  ['reviews has 3 s and two attempts', { reviews: SILENT }, 6, ['/details/0', '/reviews/0', '/reviews/0']],
])(
  '%s',
  async (_what, answers, seconds, calls) => {
    await using backends = await startBackends(answers);
    await using service = await startTestService(productpage, backends.env);
    const start = performance.now();
    const page = await request(service.url).get('/productpage');
    const took = (performance.now() - start) / 1000;
    expect(page.status).toBe(200);
    // Another attempt, or a longer limit, would be 3 s more.
    expect(took).toBeGreaterThan(seconds - 0.05);
    expect(took).toBeLessThan(seconds + 2);
    expect(backends.asked.map(({ path }) => path)).toEqual(calls);
    expect(service.log.map((line) => line['msg'])).toContainEqual(expect.stringMatching(/: timeout: /));
  },
  15_000,
);
