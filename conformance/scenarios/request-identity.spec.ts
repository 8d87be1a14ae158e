import { describe, expect, test } from 'vitest';
import { INGRESS } from '@bookinfo/rules/testing';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { boundVirtualService, GATEWAY_FOR_ALL, to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080/';

/** Envoy's own headers, as a client might send them to get its way. */
const COMMANDS = [
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
const headers = Object.fromEntries(COMMANDS.map((name) => [`x-envoy-${name}`, 'mine']));

describe.each(ENGINES)('%s', (engine) => {
  const mesh = useMesh(engine);
  /** The headers of Envoy's that the backend saw, without their common beginning. */
  const left = (): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(mesh.seen[0]?.headers ?? {})
        .filter(([name]) => name.startsWith('x-envoy-'))
        .map(([name, value]) => [name.slice('x-envoy-'.length), value]),
    );

  test('a sidecar removes what would command it, and leaves the rest to its workload', async () => {
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

  test('a gateway removes all that only a mesh may say', async () => {
    const rules = GATEWAY_FOR_ALL + boundVirtualService('books.example.com', `[{ ${to('v1')} }]`, 'books');
    await mesh.rules(rules, { client: INGRESS });
    await mesh.ask('http://books.example.com/', { headers: { ...headers, 'x-forwarded-proto': 'https' } });
    expect(left()).toEqual({ 'attempt-count': '1', 'external-address': '127.0.0.1', overloaded: 'mine' });
    expect(mesh.seen[0]?.headers).toMatchObject({
      'x-forwarded-proto': 'http',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('a sidecar fills in only what is missing of who asks', async () => {
    await mesh.rules(virtualService('reviews', `[{ ${to('v1')} }]`));
    await mesh.ask(URL);
    const said = { 'x-request-id': 'mine', 'x-forwarded-proto': 'https', 'x-forwarded-for': '10.0.0.9' };
    await mesh.ask(URL, { headers: said });
    const [filledIn, kept] = mesh.seen;
    expect(filledIn?.headers).toMatchObject({
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-forwarded-proto': 'http',
    });
    expect(filledIn?.headers).not.toHaveProperty('x-forwarded-for');
    expect(kept?.headers).toMatchObject(said);
  });

  test.each([
    ['timeout: 3s,', '3000'],
    ['retries: { attempts: 1, perTryTimeout: 2s },', '2000'],
    ['timeout: 3s, retries: { attempts: 1, perTryTimeout: 2s },', '2000'],
    ['timeout: 3s, retries: { attempts: 1, perTryTimeout: 3s },', '3000'],
    ['', undefined],
  ])('with %s a backend is told how long it has', async (text, expected) => {
    await mesh.rules(virtualService('reviews', `[{ ${text} ${to('v1')} }]`));
    await mesh.ask(URL);
    expect(mesh.seen[0]?.headers['x-envoy-expected-rq-timeout-ms']).toBe(expected);
  });
});
