import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from '../app.js';
import { startBackends } from '../../test/start-backends.js';
import { traceLink } from './trace-link.js';

const TRACE_URL = 'http://localhost:15000/#/traces/{traceId}';
const ID = 'a'.repeat(32);

test.each<[string, Record<string, string>, string, boolean]>([
  ['with the id of the request', { TRACE_URL }, ID, true],
  ['without a page of traces', {}, ID, false],
  ['with an id that is none', { TRACE_URL }, '"><script>', false],
])('the page %s', async (_, env, traceId, hasLink) => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...env });
  const { text } = await request(service.url).get('/productpage').set('x-b3-traceid', traceId);
  const link = `<a href="http://localhost:15000/#/traces/${ID}">Trace of this page</a>`;
  expect(text.includes(link)).toBe(hasLink);
  expect(text.includes('Trace of this page')).toBe(hasLink);
});

test('the id is put in every place of the URL', () => {
  expect(traceLink('http://a/{traceId}?id={traceId}', ID)).toBe(`http://a/${ID}?id=${ID}`);
  expect(traceLink(TRACE_URL, undefined)).toBeUndefined();
});
