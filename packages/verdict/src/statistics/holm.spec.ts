import { expect, test } from 'vitest';
import { holmThreshold } from './holm.js';

test('with one claim the threshold is alpha', () => {
  expect(holmThreshold([0.5], 0.001)).toBe(0.001);
});

test('while nothing is rejected every claim gets an equal part of alpha', () => {
  expect(holmThreshold([0.0004, 0.3, 0.9, 0.2], 0.001)).toBe(0.001 / 4);
});

test('each rejection leaves a larger part of alpha to the others', () => {
  expect(holmThreshold([0.0004, 1e-9, 0.8], 0.001)).toBe(0.001);
  expect(holmThreshold([0.0006, 1e-9, 0.8], 0.001)).toBe(0.0005);
});

test('it stops at the first p-value above its threshold: a later one is not rejected, although below its own', () => {
  const pValues = [0.02, 0.03, 0.04];
  const threshold = holmThreshold(pValues, 0.05);
  expect(pValues.filter((p) => p <= threshold)).toEqual([]);
});

test('when all are rejected the threshold is alpha', () => {
  expect(holmThreshold([1e-9, 1e-8], 0.001)).toBe(0.001);
});
