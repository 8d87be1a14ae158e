import { expect, test } from 'vitest';
import { HeaderList } from '@bookinfo/routing';
import { requestHead } from './request-head.js';

test('a head is a request line, its headers and an empty line', () => {
  expect(requestHead('GET', '/a?b', HeaderList.fromRaw(['host', 'reviews', 'x-empty', '']))).toBe(
    'GET /a?b HTTP/1.1\r\nhost: reviews\r\nx-empty: \r\n\r\n',
  );
});

test.each(['/a b', '/a\r\nX-A: b', '/a\0', '/\u{1f600}', ''])('the path %j is refused', (path) => {
  expect(() => requestHead('GET', path, new HeaderList())).toThrow("can't be sent");
});

test.each(['a\r\nX-B: c', 'a\nb', 'a\0', '\u{1f600}'])('the header value %j is refused', (value) => {
  expect(() => requestHead('GET', '/', new HeaderList([['x-a', value]]))).toThrow(
    "the header x-a can't be sent",
  );
});
