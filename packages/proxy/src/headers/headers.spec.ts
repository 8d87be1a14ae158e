import { expect, test } from 'vitest';
import { endToEndHeaders, headerMap } from './headers.js';

test('several values of one header are joined with commas, cookies with semicolons', () => {
  const raw = ['End-User', 'jason', 'end-user', 'mary', 'Cookie', 'a=1', 'cookie', 'b=2', 'X', 'y'];
  const map = headerMap(raw, new Set(['x']));
  expect(map).toEqual({ 'end-user': 'jason,mary', cookie: 'a=1; b=2' });
});

test('a header called __proto__ is a header like others', () => {
  expect(Object.keys(headerMap(['__proto__', 'x'], new Set()))).toEqual(['__proto__']);
});

test('hop-by-hop headers and those that Connection lists go no further, in any case', () => {
  const raw = [
    'Connection',
    'close, X-Private',
    'x-private',
    '1',
    'Keep-Alive',
    'timeout=5',
    'TE',
    'trailers',
  ];
  expect(endToEndHeaders([...raw, 'Upgrade', 'h2c', 'Accept', 'text/html'], new Set())).toEqual([
    'accept',
    'text/html',
  ]);
});

test('repeated headers stay apart and replaced ones are left out', () => {
  const raw = ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'Server', 'other'];
  expect(endToEndHeaders(raw, new Set(['server']))).toEqual(['set-cookie', 'a=1', 'set-cookie', 'b=2']);
});
