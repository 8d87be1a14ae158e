import { expect, test } from 'vitest';
import { BodyCopy } from './body-copy.js';
import { MirrorBudget } from './mirror-budget.js';

const MIB = 1024 * 1024;

/** A mirror that takes `room` pieces before it asks for a pause. */
function startSink(room: number) {
  const taken: number[] = [];
  return {
    taken,
    write: (data: Buffer) => taken.push(data.length) < room,
    end: () => void taken.push(0),
  };
}

test('a proxy has at most 1024 copies under way', () => {
  const budget = new MirrorBudget();
  expect(Array.from({ length: 1025 }, () => budget.begin()).indexOf(false)).toBe(1024);
  budget.end();
  expect([budget.begin(), budget.begin()]).toEqual([true, false]);
});

test('a proxy keeps at most 16 MiB for its mirrors; a copy that exceeds this is abandoned', () => {
  const budget = new MirrorBudget();
  const abandoned: string[] = [];
  const first = new BodyCopy(budget, () => abandoned.push('first'));
  const second = new BodyCopy(budget, () => abandoned.push('second'));
  for (let count = 0; count < 15; count += 1) first.write(Buffer.alloc(MIB));
  second.write(Buffer.alloc(MIB));
  expect(abandoned).toEqual([]);
  second.write(Buffer.alloc(1));
  expect(abandoned).toEqual(['second']);
  // The bytes of the abandoned copy are free again.
  first.write(Buffer.alloc(MIB));
  expect(abandoned).toEqual(['second']);
  first.stop();
  expect(budget.take(16 * MIB)).toBe(true);
});

test('a mirror gets the kept data in order as soon as it has room, and then the end', () => {
  const budget = new MirrorBudget();
  const copy = new BodyCopy(budget, () => undefined);
  const sink = startSink(2);
  for (const length of [1, 2, 3]) copy.write(Buffer.alloc(length));
  copy.sendTo(sink);
  expect(sink.taken).toEqual([1, 2]);
  copy.write(Buffer.alloc(4));
  copy.end();
  expect(sink.taken).toEqual([1, 2]);
  copy.resume();
  expect(sink.taken).toEqual([1, 2, 3]);
  copy.resume();
  expect(sink.taken).toEqual([1, 2, 3, 4, 0]);
  expect(budget.take(16 * MIB)).toBe(true);
});
