import { expect, test } from 'vitest';
import { OutputTail } from './output-tail.js';

test('the last 64 KiB are kept, in chunks of any size', () => {
  const tail = new OutputTail();
  const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`);
  for (const line of lines) tail.append(Buffer.from(line));
  expect(tail.toString()).toBe(lines.join('').slice(-64 * 1024));
  tail.append(Buffer.alloc(1_000_000, 'x'));
  expect(tail.toString()).toBe('x'.repeat(64 * 1024));
});

test('little output is kept whole', () => {
  const tail = new OutputTail();
  expect(tail.toString()).toBe('');
  tail.append(Buffer.from('a'));
  tail.append(Buffer.from('b'));
  expect(tail.toString()).toBe('ab');
});
