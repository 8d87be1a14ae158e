// The behaviour that docs/route-semantics.md describes under "Header changes".
import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080';

const set = (value: string): string =>
  `headers: { request: { set: { x: ${value} } }, response: { set: { b: ${value} } } }`;

describe.each(ENGINES)('header changes, on %s', (engine) => {
  const mesh = useMesh(engine);
  const rules = (http: string): Promise<void> => mesh.rules(virtualService('reviews', http));
  const rule = (text: string): Promise<void> => rules(`[{ ${text}, ${to('v1')} }]`);

  test('the set of a single destination wins over the rule’s, that of one of several destinations does not', async () => {
    const destination = (subset: string): string =>
      `{ destination: { host: reviews, subset: ${subset} }, weight: 1, ${set('destination')} }`;
    await rules(`[{ ${set('rule')}, route: [${destination('v1')}] }]`);
    const one = await mesh.ask(URL);
    expect([one.seen?.headers['x'], one.headers['b']]).toEqual(['destination', 'destination']);
    await rules(`[{ ${set('rule')}, route: [${destination('v1')}, ${destination('v2')}] }]`);
    const several = await mesh.ask(URL);
    expect([several.seen?.headers['x'], several.headers['b']]).toEqual(['rule', 'rule']);
  });

  test('headers are removed, then set, then added', async () => {
    await rule(
      'headers: { request: { remove: [a, B], set: { c: set, e: set }, add: { d: added, C: added, a: again } } }',
    );
    const { seen } = await mesh.ask(URL, { headers: { a: '1', b: '2', c: '3', d: '4' } });
    expect(seen?.headers).toMatchObject({ a: 'again', c: 'set, added', d: '4, added', e: 'set' });
    expect(seen?.headers).not.toHaveProperty('b');
  });

  test('%% in a header’s value is a percent sign', async () => {
    await rule("headers: { request: { set: { x: '100%%' } }, response: { set: { b: '%%REQ(x)%%' } } }");
    const { seen, headers } = await mesh.ask(URL);
    expect([seen?.headers['x'], headers['b']]).toEqual(['100%', '%REQ(x)%']);
  });

  test('response headers change in responses of the proxy as well', async () => {
    await rules("[{ headers: { response: { set: { b: '1' } } }, directResponse: { status: 418 } }]");
    expect((await mesh.ask(URL)).headers).toMatchObject({ b: '1' });
    await rules("[{ headers: { response: { set: { b: '1' } } }, redirect: { uri: /b } }]");
    expect((await mesh.ask(URL)).headers).toMatchObject({ b: '1' });
    await rules(`[{ headers: { response: { set: { b: '1' } } }, ${to('v9')} }]`);
    expect((await mesh.ask(URL)).headers).toMatchObject({ b: '1' });
    await rules(
      `[{ headers: { response: { set: { b: '1' } } }, fault: { abort: { httpStatus: 418, percentage: { value: 100 } } }, ${to('v1')} }]`,
    );
    expect((await mesh.ask(URL)).headers).toMatchObject({ b: '1' });
  });
});
