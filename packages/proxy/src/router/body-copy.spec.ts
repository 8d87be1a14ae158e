import { expect, test } from 'vitest';
import { BodyCopy } from './body-copy.js';
import { MirrorBudget } from './mirror-budget.js';

const MIB = 1024 * 1024;

/** A mirror that takes so many pieces before it asks for a pause. */
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

test('what the mirrors of a proxy have not taken is at most 16 MiB; the copy that asks for more is given up', () => {
  const budget = new MirrorBudget();
  const givenUp: string[] = [];
  const first = new BodyCopy(budget, () => givenUp.push('first'));
  const second = new BodyCopy(budget, () => givenUp.push('second'));
  for (let count = 0; count < 15; count += 1) first.write(Buffer.alloc(MIB));
  second.write(Buffer.alloc(MIB));
  expect(givenUp).toEqual([]);
  second.write(Buffer.alloc(1));
  expect(givenUp).toEqual(['second']);
  // What the one had kept is the other's now.
  first.write(Buffer.alloc(MIB));
  expect(givenUp).toEqual(['second']);
  first.stop();
  expect(budget.take(16 * MIB)).toBe(true);
});

test('a mirror gets what was kept for it as soon as it has room, in order, and the end last', () => {
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
