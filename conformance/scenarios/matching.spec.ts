// The behaviour that docs/route-semantics.md describes under "Matching".
import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { to, virtualService } from '../support/resources.js';

const url = (path: string): string => `http://reviews:9080${path}`;

describe.each(ENGINES)('matching, on %s', (engine) => {
  const mesh = useMesh(engine);
  /** Sends matching requests to v2, and the rest to v1. */
  const matching = (match: string): Promise<void> =>
    mesh.rules(virtualService('reviews', `[{ match: ${match}, ${to('v2')} }, { ${to('v1')} }]`));

  test('all fields of a match entry must match; entries are alternatives', async () => {
    await matching('[{ uri: { prefix: /a }, method: { exact: GET } }, { uri: { exact: /b } }]');
    expect(await mesh.responder(url('/a'))).toBe('reviews-v2');
    expect(await mesh.responder(url('/a'), { method: 'POST' })).toBe('reviews-v1');
    expect(await mesh.responder(url('/b'), { method: 'POST' })).toBe('reviews-v2');
  });

  test('a regular expression must match the whole value', async () => {
    await matching("[{ headers: { x: { regex: 'a|b' } } }]");
    expect(await mesh.responder(url('/'), { headers: { x: 'b' } })).toBe('reviews-v2');
    expect(await mesh.responder(url('/'), { headers: { x: 'ab' } })).toBe('reviews-v1');
    expect(await mesh.responder(url('/'), { headers: { x: 'ac' } })).toBe('reviews-v1');
  });

  test('an empty header match requires presence, in any case of the name', async () => {
    await matching('[{ headers: { End-User: {} } }]');
    expect(await mesh.responder(url('/'), { headers: { 'eND-uSER': '' } })).toBe('reviews-v2');
    expect(await mesh.responder(url('/'))).toBe('reviews-v1');
  });

  test('an absent header matches no pattern, not even .*', async () => {
    await matching("[{ headers: { x: { regex: '.*' } } }]");
    expect(await mesh.responder(url('/'))).toBe('reviews-v1');
    expect(await mesh.responder(url('/'), { headers: { x: '' } })).toBe('reviews-v2');
  });

  test('in withoutHeaders {} and "*" require absence', async () => {
    for (const absent of ['{}', "{ regex: '*' }"]) {
      await matching(`[{ withoutHeaders: { End-User: ${absent} } }]`);
      expect(await mesh.responder(url('/'))).toBe('reviews-v2');
      expect(await mesh.responder(url('/'), { headers: { 'end-user': '' } })).toBe('reviews-v1');
    }
  });

  test('in withoutHeaders an absent header has the empty value, which .* matches', async () => {
    await matching('[{ withoutHeaders: { x: { exact: a } } }]');
    expect(await mesh.responder(url('/'))).toBe('reviews-v2');
    expect(await mesh.responder(url('/'), { headers: { x: 'a' } })).toBe('reviews-v1');
    await matching("[{ withoutHeaders: { x: { regex: '.*' } } }]");
    expect(await mesh.responder(url('/'))).toBe('reviews-v1');
  });

  test('several values of one header are matched as one value, joined with a comma', async () => {
    await matching("[{ headers: { x: { exact: 'a,b' } } }]");
    expect(await mesh.responder(url('/'), { headers: { x: ['a', 'b'] } })).toBe('reviews-v2');
    expect(await mesh.responder(url('/'), { headers: { x: ['b', 'a'] } })).toBe('reviews-v1');
  });

  test('a prefix of a VirtualService is a prefix of characters, not of path segments', async () => {
    await matching('[{ uri: { prefix: /a } }]');
    expect(await mesh.responder(url('/abc'))).toBe('reviews-v2');
    expect(await mesh.responder(url('/b/a'))).toBe('reviews-v1');
  });

  test('ignoreUriCase affects exact and prefix, not a regular expression', async () => {
    await matching(
      '[{ uri: { exact: /Exact }, ignoreUriCase: true }, { uri: { prefix: /Pre }, ignoreUriCase: true }, { uri: { regex: /Reg }, ignoreUriCase: true }]',
    );
    expect(await mesh.responder(url('/eXACT'))).toBe('reviews-v2');
    expect(await mesh.responder(url('/prefix'))).toBe('reviews-v2');
    expect(await mesh.responder(url('/reg'))).toBe('reviews-v1');
    expect(await mesh.responder(url('/Reg'))).toBe('reviews-v2');
  });

  test.each([
    ['/a/../b', '/b'],
    ['/a/./b', '/a/b'],
    ['/a/%2e%2e/b', '/b'],
    ['/a/%2E/b', '/a/b'],
    ['/a\\b', '/a/b'],
    ['/../b', '/b'],
    ['/a/..', '/'],
    ['/a/.', '/a/'],
    ['//a', '//a'],
    ['/a//../b', '/a/b'],
    ['/a%2fb', '/a%2fb'],
    ['/a%5cb', '/a%5cb'],
    ['/%7Ea%41?%41', '/~aA?%41'],
    ['/%2%45/%%341/%%34g', '/%252E/%2541/%4g'],
    ['/a/..;x/b', '/b'],
    ['/a/%2e%2e;x/b', '/a/..;x/b'],
    ['/"<>^`{|}?{|}', '/%22%3C%3E%5E%60%7B%7C%7D?{|}'],
    ['/a;x=1/../b', '/b'],
    ['/a?x=/../b', '/a?x=/../b'],
    ['/a/..?x=1', '/?x=1'],
    ['/...', '/...'],
  ])('the path $0 is matched and sent on as $1', async (asked, meant) => {
    await matching(`[{ uri: { exact: '${meant.replace(/\?.*/, '')}' } }]`);
    const { seen } = await mesh.ask(url(asked));
    expect(seen).toMatchObject({ pod: 'reviews-v2', path: meant });
  });

  test('the first value of a repeated query parameter is matched, as it is written', async () => {
    await matching('[{ queryParams: { q: { exact: a } } }, { queryParams: { r: {} } }]');
    expect(await mesh.responder(url('/?q=a&q=b'))).toBe('reviews-v2');
    expect(await mesh.responder(url('/?q=b&q=a'))).toBe('reviews-v1');
    expect(await mesh.responder(url('/?q=%61'))).toBe('reviews-v1');
    expect(await mesh.responder(url('/?r'))).toBe('reviews-v2');
  });

  test('scheme and authority are matched as the client sent them', async () => {
    await matching('[{ scheme: { exact: http }, authority: { exact: "Reviews:9080" } }]');
    expect(await mesh.responder('http://Reviews:9080/')).toBe('reviews-v2');
    expect(await mesh.responder(url('/'))).toBe('reviews-v1');
  });

  test('the header host is the authority, with its port', async () => {
    await matching("[{ headers: { Host: { exact: 'reviews:9080' } } }]");
    expect(await mesh.responder(url('/'))).toBe('reviews-v2');
    expect(await mesh.responder('http://reviews.default:9080/')).toBe('reviews-v1');
  });

  test('a path with a null character is refused', async () => {
    await mesh.rules('');
    expect(await mesh.responder(url('/%00'))).toBe('400');
    expect(await mesh.responder(url('/?%00'))).toMatch('reviews-v');
  });

  test('the path that is matched excludes the query', async () => {
    await matching('[{ uri: { exact: /a } }]');
    expect(await mesh.responder(url('/a?x=/b'))).toBe('reviews-v2');
    expect(await mesh.responder(url('/b?x=/a'))).toBe('reviews-v1');
  });
});
