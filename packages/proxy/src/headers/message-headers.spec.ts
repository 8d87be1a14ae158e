import { expect, test } from 'vitest';
import { HeaderList } from '@bookinfo/routing';
import { endToEndHeaders, joinedHeaders } from './message-headers.js';

test('several values of one header are joined with commas, cookies with semicolons', () => {
  const raw = ['End-User', 'jason', 'end-user', 'mary', 'Cookie', 'a=1', 'cookie', 'b=2', 'X', 'y'];
  const joined = joinedHeaders(HeaderList.fromRaw(raw), new Set(['x']));
  expect(joined).toEqual({ 'end-user': 'jason,mary', cookie: 'a=1; b=2' });
});

test('a header named __proto__ is treated like any other', () => {
  expect(Object.keys(joinedHeaders(HeaderList.fromRaw(['__proto__', 'x']), new Set()))).toEqual([
    '__proto__',
  ]);
});

test('hop-by-hop headers and those that Connection lists are removed, in any case', () => {
  const connection = ['Connection', 'close, X-Private', 'x-private', '1', 'Keep-Alive', 'timeout=5'];
  const others = ['TE', 'trailers', 'Upgrade', 'h2c', 'Accept', 'text/html'];
  const headers = HeaderList.fromRaw([...connection, ...others]);
  expect([...endToEndHeaders(headers, new Set())]).toEqual([['accept', 'text/html']]);
});

test('repeated headers stay apart and replaced ones are left out', () => {
  const headers = HeaderList.fromRaw(['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'Server', 'other']);
  expect([...endToEndHeaders(headers, new Set(['server']))]).toEqual([
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
  ]);
});
