import { expect, test } from 'vitest';
import type { Span } from '../spans/span.js';
import { SpanPairs } from './span-pairs.js';

const spanOf = (kind: 'CLIENT' | 'SERVER', id: string, parentId?: string): Span => ({
  traceId: '463ac35c9f6413ad48485a3953bb6124',
  id,
  ...(parentId !== undefined && { parentId }),
  kind,
  name: 'reviews',
  timestamp: 1,
  duration: 1,
  localEndpoint: { serviceName: 'reviews.default' },
  annotations: [],
  tags: {},
});

function collect() {
  const found: [string, string | undefined][] = [];
  const clock = { ms: 0 };
  const pairs = new SpanPairs(
    () => clock.ms,
    (client, server) => found.push([client.id, server?.id]),
  );
  return { pairs, found, clock };
}

test('both ends of a request are found in whatever order they come', () => {
  const { pairs, found } = collect();
  pairs.add(spanOf('CLIENT', 'a'));
  pairs.add(spanOf('SERVER', 'y', 'b'));
  expect(found).toEqual([]);
  pairs.add(spanOf('CLIENT', 'b'));
  pairs.add(spanOf('SERVER', 'x', 'a'));
  expect(found).toEqual([
    ['b', 'y'],
    ['a', 'x'],
  ]);
});

test('a request whose other end does not come within ten seconds is reported without it, once', () => {
  const { pairs, found, clock } = collect();
  pairs.add(spanOf('CLIENT', 'a'));
  clock.ms = 9999;
  pairs.giveUp();
  expect(found).toEqual([]);
  clock.ms = 10_000;
  pairs.giveUp();
  pairs.add(spanOf('SERVER', 'x', 'a'));
  expect(found).toEqual([['a', undefined]]);
});

test('of more than 10,000 requests that wait the oldest are reported', () => {
  const { pairs, found } = collect();
  for (let count = 0; count < 10_003; count += 1) pairs.add(spanOf('CLIENT', String(count)));
  expect(found.map(([id]) => id)).toEqual(['0', '1', '2']);
});
