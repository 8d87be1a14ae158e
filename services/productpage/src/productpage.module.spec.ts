import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from './service.js';

test('GET /health says that the page is healthy, whatever the backends are', async () => {
  await using service = await startTestService(productpage, { DETAILS_SERVICE_PORT: '1' });
  const answer = await request(service.url).get('/health');
  expect([answer.status, answer.text]).toEqual([200, 'Product page is healthy']);
});
