import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { details } from './app.js';

test.each(['0', '7', '-3'])('GET /details/%s responds with the book, and the id as a number', async (id) => {
  await using service = await startTestService(details);
  const response = await request(service.url).get(`/details/${id}`);
  expect([response.status, response.type]).toEqual([200, 'application/json']);
  expect(response.text).toBe(
    `{"id":${id},"author":"William Shakespeare","year":1595,"type":"paperback","pages":200,` +
      '"publisher":"PublisherA","language":"English","ISBN-10":"1234567890","ISBN-13":"123-1234567890"}',
  );
});

test('GET /health responds that details is healthy', async () => {
  await using service = await startTestService(details);
  const response = await request(service.url).get('/health');
  expect([response.status, response.text]).toEqual([200, '{"status":"Details is healthy"}']);
});

test('every response has the version in its headers', async () => {
  await using service = await startTestService(details, { SERVICE_VERSION: 'v3' });
  const response = await request(service.url).get('/details/0');
  expect(response.headers).toMatchObject({
    'x-bookinfo-version': 'details-v3',
    'x-bookinfo-path': 'details-v3',
  });
});
