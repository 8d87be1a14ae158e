import { expect, test } from 'vitest';
import { formatHeaderValue, literalHeaderValue, type RequestProperties } from './header-format.js';

const HEADERS: Record<string, string> = { ':authority': 'reviews:9080', ':path': '/a', 'x-a': 'abc' };
const REQUEST: RequestProperties = {
  header: (name) => HEADERS[name],
  property: (name) => name.toLowerCase(),
};

test.each([
  ['abc', 'abc'],
  ['100%%', '100%'],
  ['%%REQ(x-a)%%', '%REQ(x-a)%'],
  ['%REQ(X-A)%', 'abc'],
  ['[%REQ(x-a):2%]', '[ab]'],
  ['%REQ(x-b)%', ''],
  ['%REQ(x-b?:path)%', '/a'],
  ['%REQ(host)%', 'reviews:9080'],
  ['%PROTOCOL% %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%', 'protocol downstream_remote_address_without_port'],
])('%s becomes %s', (format, value) => {
  expect(formatHeaderValue(format, REQUEST)).toBe(value);
});

test.each([
  ['100%%', '100%'],
  ['%%PROTOCOL%%', '%PROTOCOL%'],
  ['a %PROTOCOL%', undefined],
])('the literal value of %s is %s', (format, value) => {
  expect(literalHeaderValue(format)).toBe(value);
});
