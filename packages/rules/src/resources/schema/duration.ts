import { parseDuration } from '../duration.js';
import { value } from './value.js';

/** A length of time. */
export interface Duration {
  /** In milliseconds. */
  ms: number;
  /** As the resource has it, like `7s`. */
  text: string;
}

/** A string that `toMs` takes, parsed to a Duration. */
export function durationOf(toMs: (text: string) => number | undefined, expected: string) {
  const isDuration = (input: unknown): boolean => typeof input === 'string' && toMs(input) !== undefined;
  return value<string>(isDuration, expected).transform((text): Duration => ({
    ms: toMs(text) as number,
    text,
  }));
}

/** A duration of at least a millisecond. */
export const duration = durationOf(
  parseDuration,
  'a duration in whole milliseconds, like 7s, 500ms or 1h2m, from 1ms to 596h',
);

/** A duration of at least a millisecond, or `0s`. */
export const durationOrZero = durationOf(
  (text) => (text === '0s' ? 0 : parseDuration(text)),
  'a duration in whole milliseconds, like 7s, 500ms or 1h2m, up to 596h, or 0s',
);
