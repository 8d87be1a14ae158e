import { expect, test } from 'vitest';
import { serviceUrl } from './service-url.js';

test('a domain follows the host name; without one the name stands alone', () => {
  expect(serviceUrl('ratings', 'books.svc', 80)).toBe('http://ratings.books.svc:80');
  expect(serviceUrl('ratings', '', 9080)).toBe('http://ratings:9080');
});
