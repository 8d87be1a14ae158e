import { expect, test } from 'vitest';
import { returnPath } from './return-path.js';

test.each([
  ['http://shop.example/productpage?u=normal', 'shop.example', '/productpage?u=normal'],
  ['http://shop.example/', 'shop.example', '/'],
  ['https://shop.example/productpage', 'shop.example:443', '/productpage'],
  ['http://[::1]:9080/index.html#top', '[::1]:9080', '/index.html'],
])('with Referer %s and host %s, the path is %s', (referer, host, path) => {
  expect(returnPath(referer, host)).toBe(path);
});

test.each([
  [undefined, 'shop.example'],
  ['', 'shop.example'],
  ['http://shop.example/', undefined],
  ['https://evil.example/productpage', 'shop.example'],
  ['http://shop.example:81/x', 'shop.example'],
  ['http://shop.example@evil.example/x', 'shop.example'],
  ['http://shop.example.evil.example/x', 'shop.example'],
  ['//evil.example/x', 'shop.example'],
  ['javascript:alert(1)', 'shop.example'],
  ['javascript://shop.example/%0aalert(1)', 'shop.example'],
  ['not a url', 'shop.example'],
  ['http://shop.example/x', 'not a host'],
])('with Referer %s and host %s, it is the product page', (referer, host) => {
  expect(returnPath(referer, host)).toBe('/productpage');
});

test.each(['http://shop.example//evil.example/', 'http://shop.example/\\evil.example/'])(
  'a path that a browser takes for another host, as in %s, stays on this host',
  (referer) => {
    expect(returnPath(referer, 'shop.example')).toBe('/evil.example/');
  },
);

test.each(['/login', '/login?username=jason', '//login', '/logout'])(
  'the path is never %s, which is no page',
  (path) => {
    expect(returnPath(`http://shop.example${path}`, 'shop.example')).toBe('/productpage');
  },
);
