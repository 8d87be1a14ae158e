import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from '../app.js';
import { type BackendResponses, startBackends } from '../../test/start-backends.js';

const SILENT = { delayMs: 600_000 };

// Concurrent, because each waits for the real timeouts.
test.concurrent.each<[string, BackendResponses, string[]]>([
  ['details has a timeout of 3 s and one attempt', { details: SILENT }, ['details, attempt 1 of 1']],
  [
    'reviews has a timeout of 3 s and two attempts',
    { reviews: SILENT },
    ['reviews, attempt 1 of 2', 'reviews, attempt 2 of 2'],
  ],
])('%s', async (_name, responses, attempts) => {
  await using backends = await startBackends(responses);
  await using service = await startTestService(productpage, backends.env);
  const page = await request(service.url).get('/productpage');
  expect(page.status).toBe(200);
  const timeouts = service.log.map((line) => String(line['msg'])).filter((line) => /attempt/.test(line));
  expect(timeouts).toEqual(
    attempts.map((attempt) =>
      expect.stringMatching(new RegExp(`^${attempt}: .*: timeout: no response within 3000 ms$`)),
    ),
  );
});
