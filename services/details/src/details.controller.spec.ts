import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { details } from './service.js';

test.each(['0', '7', '-3'])('GET /details/%s is the same book, with that id as a number', async (id) => {
  await using service = await startTestService(details);
  const answer = await request(service.url).get(`/details/${id}`);
  expect([answer.status, answer.type]).toEqual([200, 'application/json']);
  expect(answer.text).toBe(
    `{"id":${id},"author":"William Shakespeare","year":1595,"type":"paperback","pages":200,` +
      '"publisher":"PublisherA","language":"English","ISBN-10":"1234567890","ISBN-13":"123-1234567890"}',
  );
});

test('GET /health tells that details is healthy', async () => {
  await using service = await startTestService(details);
  const answer = await request(service.url).get('/health');
  expect([answer.status, answer.text]).toEqual([200, '{"status":"Details is healthy"}']);
});

test('every answer names the version', async () => {
  await using service = await startTestService(details, { SERVICE_VERSION: 'v3' });
  const answer = await request(service.url).get('/details/0');
  expect(answer.headers).toMatchObject({
    'x-bookinfo-version': 'details-v3',
    'x-bookinfo-path': 'details-v3',
  });
});
