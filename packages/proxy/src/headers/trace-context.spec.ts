import { expect, test } from 'vitest';
import { traceContext, traceHeaders } from './trace-context.js';

const TRACE = '463ac35c9f6413ad48485a3953bb6124';
const PARENT = 'a2fb4a1d1a96d312';
const CONTINUED = {
  traceId: TRACE,
  parentSpanId: PARENT,
  spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
};
const BEGUN = {
  traceId: expect.stringMatching(/^(?!463ac35c)[0-9a-f]{32}$/),
  spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
};
const draw = () => 0.5;

test.each<[string, Record<string, string>, boolean]>([
  ['several headers of B3', { 'x-b3-traceid': TRACE, 'x-b3-spanid': PARENT, 'x-b3-sampled': '1' }, true],
  ['upper case', { 'x-b3-traceid': TRACE.toUpperCase(), 'x-b3-spanid': PARENT, 'x-b3-sampled': '0' }, false],
  ['the flag of a debug trace', { 'x-b3-traceid': TRACE, 'x-b3-spanid': PARENT, 'x-b3-flags': '1' }, true],
  ['the single header of B3', { b3: `${TRACE}-${PARENT}-1` }, true],
  ['the single header with a parent', { b3: `${TRACE}-${PARENT}-0-${PARENT}` }, false],
  ['the single header of a debug trace', { b3: `${TRACE}-${PARENT}-d` }, true],
  ['traceparent', { traceparent: `00-${TRACE}-${PARENT}-01` }, true],
  ['traceparent that is not sampled', { traceparent: `00-${TRACE}-${PARENT}-00` }, false],
  ['a later version of traceparent', { traceparent: `01-${TRACE}-${PARENT}-01-more` }, true],
])('a trace that came with %s continues', (_, headers, isSampled) => {
  expect(traceContext(headers, 0, draw)).toEqual({ ...CONTINUED, isSampled });
});

test('B3 wins over traceparent, and its single header over the several ones', () => {
  const other = '11111111111111111111111111111111';
  const several = { 'x-b3-traceid': TRACE, 'x-b3-spanid': PARENT, 'x-b3-sampled': '1' };
  const traceparent = `00-${other}-${PARENT}-00`;
  expect(traceContext({ ...several, traceparent }, 0, draw)).toEqual({ ...CONTINUED, isSampled: true });
  const single = `${other}-${PARENT}-0`;
  expect(traceContext({ ...several, b3: single }, 0, draw)).toMatchObject({
    traceId: other,
    isSampled: false,
  });
});

test.each<[string, Record<string, string>]>([
  ['no header', {}],
  ['ids of other forms', { 'x-b3-traceid': 'theirs', 'x-b3-spanid': 'theirs' }],
  ['ids of zeros', { traceparent: `00-${'0'.repeat(32)}-${PARENT}-01` }],
  ['a trace without a span', { 'x-b3-traceid': TRACE }],
  ['an invalid version', { traceparent: `ff-${TRACE}-${PARENT}-01` }],
])('%s begins a trace, sampled by the draw', (_, headers) => {
  expect(traceContext(headers, 0.51, draw)).toEqual({ ...BEGUN, isSampled: true });
  expect(traceContext(headers, 0.5, draw)).toEqual({ ...BEGUN, isSampled: false });
});

test.each<[Record<string, string>, boolean]>([
  [{ 'x-b3-sampled': '0' }, false],
  [{ 'x-b3-sampled': '1' }, true],
  [{ b3: '0' }, false],
  [{ 'x-b3-flags': '1' }, true],
])('a client decides about sampling without a trace: %o', (headers, isSampled) => {
  expect(traceContext(headers, isSampled ? 0 : 1, draw)).toEqual({ ...BEGUN, isSampled });
});

test('a span is written in the forms of B3 and W3C', () => {
  const context = {
    traceId: TRACE.slice(16),
    spanId: '0000000000000001',
    parentSpanId: PARENT,
    isSampled: true,
  };
  expect(traceHeaders(context)).toEqual([
    ['x-b3-traceid', '48485a3953bb6124'],
    ['x-b3-spanid', '0000000000000001'],
    ['x-b3-parentspanid', PARENT],
    ['x-b3-sampled', '1'],
    ['traceparent', '00-000000000000000048485a3953bb6124-0000000000000001-01'],
  ]);
});
