// The behaviour that docs/route-semantics.md describes under "Envoy's own headers".
import { describe, expect, test } from 'vitest';
import { INGRESS } from '@bookinfo/rules/testing';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { boundVirtualService, GATEWAY_FOR_ALL, to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080/';

/** Envoy's own headers that a client might send, without their common beginning. */
const NAMES = [
  'attempt-count',
  'decorator-operation',
  'downstream-service-cluster',
  'downstream-service-node',
  'expected-rq-timeout-ms',
  'external-address',
  'force-trace',
  'hedge-on-per-try-timeout',
  'internal',
  'ip-tags',
  'max-retries',
  'original-host',
  'original-path',
  'original-url',
  'overloaded',
  'retriable-header-names',
  'retriable-status-codes',
  'retry-grpc-on',
  'retry-on',
  'upstream-alt-stat-name',
  'upstream-rq-per-try-timeout-ms',
  'upstream-rq-timeout-alt-response',
  'upstream-rq-timeout-ms',
];
const headers = Object.fromEntries(NAMES.map((name) => [`x-envoy-${name}`, 'mine']));

describe.each(ENGINES)('Envoy’s own headers, on %s', (engine) => {
  const mesh = useMesh(engine);
  /** Returns Envoy's own headers that the backend got, without their common beginning. */
  const left = (): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(mesh.seen[0]?.headers ?? {})
        .filter(([name]) => name.startsWith('x-envoy-'))
        .map(([name, value]) => [name.slice('x-envoy-'.length), value]),
    );

  test('a sidecar removes headers that command it, and keeps the others', async () => {
    await mesh.rules(virtualService('reviews', `[{ ${to('v1')} }]`));
    await mesh.ask(URL, { headers });
    expect(left()).toEqual({
      'attempt-count': '1',
      'decorator-operation': 'mine',
      'downstream-service-cluster': 'mine',
      'downstream-service-node': 'mine',
      'external-address': 'mine',
      'original-host': 'mine',
      'original-path': 'mine',
      overloaded: 'mine',
    });
  });

  test('a gateway removes all headers that only a mesh may set', async () => {
    const rules = GATEWAY_FOR_ALL + boundVirtualService('books.example.com', `[{ ${to('v1')} }]`, 'books');
    await mesh.rules(rules, { client: INGRESS });
    await mesh.ask('http://books.example.com/', { headers: { ...headers, 'x-forwarded-proto': 'https' } });
    expect(left()).toEqual({ 'attempt-count': '1', 'external-address': '127.0.0.1', overloaded: 'mine' });
    expect(mesh.seen[0]?.headers).toMatchObject({
      'x-forwarded-proto': 'http',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('a sidecar adds only the missing identity headers', async () => {
    await mesh.rules(virtualService('reviews', `[{ ${to('v1')} }]`));
    await mesh.ask(URL);
    const sent = { 'x-request-id': 'mine', 'x-forwarded-proto': 'https', 'x-forwarded-for': '10.0.0.9' };
    await mesh.ask(URL, { headers: sent });
    const [added, kept] = mesh.seen;
    expect(added?.headers).toMatchObject({
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-forwarded-proto': 'http',
    });
    expect(added?.headers).not.toHaveProperty('x-forwarded-for');
    expect(kept?.headers).toMatchObject(sent);
  });

  test.each([
    ['timeout: 3s,', '3000'],
    ['retries: { attempts: 1, perTryTimeout: 2s },', '2000'],
    ['timeout: 3s, retries: { attempts: 1, perTryTimeout: 2s },', '2000'],
    ['timeout: 3s, retries: { attempts: 1, perTryTimeout: 3s },', '3000'],
    ['', undefined],
  ])('with %s the backend gets x-envoy-expected-rq-timeout-ms', async (text, expected) => {
    await mesh.rules(virtualService('reviews', `[{ ${text} ${to('v1')} }]`));
    await mesh.ask(URL);
    expect(mesh.seen[0]?.headers['x-envoy-expected-rq-timeout-ms']).toBe(expected);
  });
});
