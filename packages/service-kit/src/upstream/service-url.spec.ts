import { expect, test } from 'vitest';
import { serviceUrl } from './service-url.js';

test('a domain is appended to the host name; without one the URL has the name alone', () => {
  expect(serviceUrl('ratings', 'books.svc', 80)).toBe('http://ratings.books.svc:80');
  expect(serviceUrl('ratings', '', 9080)).toBe('http://ratings:9080');
});
