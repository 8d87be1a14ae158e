import { expect, test } from 'vitest';
import { traceId } from './trace-id.js';

test.each([
  [
    'traceparent',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    '4bf92f3577b34da6a3ce929d0e0e4736',
  ],
  ['b3', '80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1', '80f198ee56343ba864fe8b2a57d3eff7'],
  ['b3', '0', undefined],
  ['traceparent', 'v-traceparent', undefined],
  ['b3', 'x-1', undefined],
  ['x-b3-traceid', 'a"b', undefined],
  ['x-b3-traceid', '80f198ee56343ba8', '80f198ee56343ba8'],
  ['x-request-id', 'r', undefined],
])('the trace of %s: %s is %s', (name, value, expected) => {
  expect(traceId({ [name]: value })).toBe(expected);
});
