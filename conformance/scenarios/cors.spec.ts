// The behaviour that docs/route-semantics.md describes under "CORS".
import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080';

const cors = (more = ''): string =>
  `corsPolicy: { allowOrigins: [{ exact: 'http://a' }], allowMethods: [GET], allowHeaders: [x-a], maxAge: 60s, allowCredentials: true, ${more} }`;
const preflight = (origin: string): object => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'GET' },
});

describe.each(ENGINES)('CORS, on %s', (engine) => {
  const mesh = useMesh(engine);
  const rules = (http: string): Promise<void> => mesh.rules(virtualService('reviews', http));
  const rule = (text: string): Promise<void> => rules(`[{ ${text}, ${to('v1')} }]`);

  test('a rule responses preflights only if it matches OPTIONS', async () => {
    await rules(`[{ match: [{ method: { exact: GET } }], ${cors()}, ${to('v1')} }, { ${to('v2')} }]`);
    expect(await mesh.responder(URL, preflight('http://a'))).toBe('reviews-v2');
    await rule(cors());
    const response = await mesh.ask(URL, preflight('http://a'));
    expect(response).toMatchObject({ status: 200, body: '' });
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': 'http://a',
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'x-a',
      'access-control-max-age': '60',
      'access-control-allow-credentials': 'true',
    });
  });

  test('a preflight of another origin reaches the backend, or with IGNORE gets no allow headers', async () => {
    await rule(cors());
    expect(await mesh.responder(URL, preflight('http://b'))).toBe('reviews-v1');
    await rule(cors('unmatchedPreflights: IGNORE'));
    const response = await mesh.ask(URL, preflight('http://b'));
    expect(response).toMatchObject({ status: 200, body: '' });
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('a request of another origin is served without CORS headers', async () => {
    await rule(cors());
    const allowed = await mesh.ask(URL, { headers: { origin: 'http://a' } });
    expect([allowed.seen?.pod, allowed.headers['access-control-allow-origin']]).toEqual([
      'reviews-v1',
      'http://a',
    ]);
    const other = await mesh.ask(URL, { headers: { origin: 'http://b' } });
    expect(other.seen?.pod).toBe('reviews-v1');
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
