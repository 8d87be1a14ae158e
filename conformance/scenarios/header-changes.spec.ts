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

  test('commands stand for properties of the request, as it is forwarded in a response', async () => {
    await rule(
      `headers: { request: { remove: [gone], set: { x: '%REQ(a)%-%REQ(:method)%-%REQ(gone?host)%', empty: '', none: '%REQ(gone)%', v: '%PROTOCOL%' } },
        response: { set: { b: '%REQ(x)%', c: '%REQ(a):2% %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%', d: '%DOWNSTREAM_DIRECT_REMOTE_ADDRESS%' } } }`,
    );
    const asked = { headers: { a: 'abc', gone: '1', empty: 'kept', none: 'kept' } };
    const { seen, headers } = await mesh.ask(URL, asked);
    const x = 'abc-GET-reviews:9080';
    expect(seen?.headers).toMatchObject({ x, empty: 'kept', none: 'kept', v: 'HTTP/1.1' });
    expect(headers).toMatchObject({
      b: x,
      c: 'ab 127.0.0.1',
      d: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
    });
    const behind = await mesh.ask(URL, {
      headers: { ...asked.headers, 'x-forwarded-for': '10.0.0.1, 10.0.0.2' },
    });
    expect(behind.headers['c']).toBe('ab 10.0.0.2');
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
