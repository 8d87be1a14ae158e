import { PROPAGATED_HEADERS } from '@bookinfo/contract';
import { expect, test } from 'vitest';
import { propagatedHeaders } from './propagation.js';

const incoming = Object.fromEntries(
  [...PROPAGATED_HEADERS, 'host', 'x-other'].map((name) => [name, `is ${name}`]),
);

test('exactly the headers of the contract are propagated, unchanged', () => {
  const { host: _host, 'x-other': _other, ...listed } = incoming;
  expect(propagatedHeaders(incoming)).toEqual(listed);
});

test.each(['x-request-id', 'traceparent', 'tracestate', 'baggage', 'b3', 'sw8', 'end-user', 'x-b3-sampled'])(
  '%s is propagated',
  (name) => expect(PROPAGATED_HEADERS).toContain(name),
);

test('a host outside of the mesh gets the trace headers, but none that identifies the caller', () => {
  const sent = propagatedHeaders(incoming, 'external');
  expect(sent).toHaveProperty('traceparent');
  for (const name of ['cookie', 'authorization', 'jwt', 'end-user']) expect(sent).not.toHaveProperty(name);
});

test('the values of a repeated header are joined', () => {
  expect(propagatedHeaders({ baggage: ['a=1', 'b=2'] as never })).toEqual({ baggage: 'a=1,b=2' });
});
