import { SettingsError } from '@bookinfo/service-kit';
import { startTestService } from '@bookinfo/service-kit/testing';
import { expect, test } from 'vitest';
import { productpage } from './app.js';

test.each([
  [{ FLOOD_FACTOR: '1001' }, 'FLOOD_FACTOR: "1001" is not a whole number from 0 to 1000'],
  [{ REVIEWS_SERVICE_PORT: '0' }, 'REVIEWS_SERVICE_PORT: "0" is not a whole number from 1 to 65535'],
  [{ DETAILS_HOSTNAME: 'http://details' }, 'DETAILS_HOSTNAME: "http://details" is not a host name'],
  [
    { TRACE_URL: 'javascript:alert({traceId})' },
    'TRACE_URL: "javascript:alert({traceId})" is not a URL with {traceId}',
  ],
  [{ TRACE_URL: 'http://localhost:9411' }, 'TRACE_URL: "http://localhost:9411" is not a URL with {traceId}'],
])('the service does not start with %o', async (env, problem) => {
  await expect(startTestService(productpage, env)).rejects.toThrow(SettingsError);
  await expect(startTestService(productpage, env)).rejects.toThrow(problem);
});

test('the service does not start with a short secret, and the message does not repeat it', async () => {
  const error: unknown = await startTestService(productpage, { SESSION_SECRET: 'tooshort1234567' }).catch(
    (e) => e,
  );
  expect(String(error)).toMatch(/SESSION_SECRET: the secret given is shorter than 16 characters/);
  expect(String(error)).not.toContain('tooshort');
});

test.each([
  [{}, 1],
  [{ SESSION_SECRET: '' }, 1],
  [{ SESSION_SECRET: 'sixteen letters.' }, 0],
])('with %o, the log has %i warnings of the demo key', async (env, count) => {
  await using service = await startTestService(productpage, env);
  const warnings = service.log.filter((line) => line['level'] === 'warn');
  expect(warnings.length).toBe(count);
  expect(warnings.every((line) => /SESSION_SECRET is not set/.test(String(line['msg'])))).toBe(true);
});
