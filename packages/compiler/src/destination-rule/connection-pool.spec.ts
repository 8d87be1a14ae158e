import { expect, test } from 'vitest';
import { compileConnectionPool } from './connection-pool.js';
import { UNLIMITED } from '@bookinfo/routing';

test('an absent limit, or 0, means no limit', () => {
  const none = {
    connectTimeoutMs: 10_000,
    circuitBreakers: UNLIMITED,
    maxRequestsPerConnection: 0,
    idleTimeoutMs: 0,
  };
  expect(compileConnectionPool()).toEqual(none);
  expect(compileConnectionPool({ tcp: { maxConnections: 0 }, http: { maxRetries: 0 } })).toEqual(none);
});

test('the idle timeout of http comes before that of tcp', () => {
  const tcp = {
    maxConnections: 1,
    connectTimeout: { ms: 1000, text: '1s' },
    idleTimeout: { ms: 2000, text: '2s' },
  };
  const http = {
    http1MaxPendingRequests: 3,
    http2MaxRequests: 4,
    maxRequestsPerConnection: 5,
    maxRetries: 6,
  };
  const compiled = {
    connectTimeoutMs: 1000,
    circuitBreakers: { maxConnections: 1, maxPendingRequests: 3, maxRequests: 4, maxRetries: 6 },
    maxRequestsPerConnection: 5,
    idleTimeoutMs: 2000,
  };
  expect(compileConnectionPool({ tcp, http })).toEqual(compiled);
  expect(compileConnectionPool({ tcp, http: { ...http, idleTimeout: { ms: 7000, text: '7s' } } })).toEqual({
    ...compiled,
    idleTimeoutMs: 7000,
  });
});
