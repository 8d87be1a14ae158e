import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from './app.js';

test('GET /health responds that the page is healthy, also without backends', async () => {
  await using service = await startTestService(productpage, { DETAILS_SERVICE_PORT: '1' });
  const response = await request(service.url).get('/health');
  expect([response.status, response.text]).toEqual([200, 'Product page is healthy']);
});
