import { expect, test } from 'vitest';
import type { TracePart } from './trace-part.js';
import { TraceStore } from './trace-store.js';

function part(traceId: string, parts: Partial<TracePart> = {}): TracePart {
  return { traceId, bytes: 100, isError: false, workloads: ['default/a'], spans: () => [], ...parts };
}
const all = { limit: 500 };
const ids = (store: TraceStore, filter = {}) =>
  store.latest({ ...all, ...filter }).map(({ traceId }) => traceId);

test('parts of one trace are together, and the latest trace is first', () => {
  const store = new TraceStore();
  for (const traceId of ['a', 'b', 'a']) store.add(part(traceId));
  expect(ids(store)).toEqual(['b', 'a']);
  expect(ids(store, { limit: 1 })).toEqual(['b']);
});

test('the oldest traces are given up beyond the limit of traces, and counted', () => {
  const store = new TraceStore({ traces: 2 });
  for (const traceId of ['a', 'b', 'c']) store.add(part(traceId));
  expect([ids(store), store.held, store.dropped]).toEqual([['c', 'b'], 2, 1]);
  expect(store.find('a')).toBeUndefined();
});

test('the oldest traces are given up beyond the limit of bytes', () => {
  const store = new TraceStore({ bytes: 1000 });
  for (let trace = 0; trace < 100; trace += 1) store.add(part(String(trace)));
  expect(store.held).toBe(10);
  store.add(part('large', { bytes: 950 }));
  expect(ids(store)).toEqual(['large']);
});

test('a client that sends one id again and again fills one trace up to a limit', () => {
  const store = new TraceStore({ partsOfTrace: 3 });
  let made = 0;
  const spans = () => {
    made += 1;
    return [];
  };
  for (let request = 0; request < 1000; request += 1) store.add(part('a', { spans }));
  store.find('a');
  expect([made, store.held]).toEqual([3, 1]);
});

test('traces are found by error and by workload', () => {
  const store = new TraceStore();
  store.add(part('a', { isError: true }));
  store.add(part('b', { workloads: ['default/a', 'default/b'] }));
  expect(ids(store, { errors: true })).toEqual(['a']);
  expect(ids(store, { workload: 'default/b' })).toEqual(['b']);
});
