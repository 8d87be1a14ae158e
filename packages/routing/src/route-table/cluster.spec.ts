import { expect, test } from 'vitest';
import { endpointKey } from './cluster.js';

test.each([
  ['10.0.0.1', '10.0.0.1:80'],
  ['books.example', 'books.example:80'],
  ['::1', '[::1]:80'],
])('the key of an endpoint with the address %s is %s', (address, key) => {
  expect(endpointKey({ address, port: 80 })).toBe(key);
});
