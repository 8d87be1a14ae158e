import { parseDuration } from '../duration.js';
import { value } from './value.js';

/** A duration of at least a millisecond, kept as it is written. */
export const duration = value<string>(
  (input) => typeof input === 'string' && parseDuration(input) !== undefined,
  'a duration in whole milliseconds, like 7s, 500ms or 1h2m, from 1ms to 596h',
);

/** The same, or none at all: `0s`. */
export const durationOrZero = value<string>(
  (input) => input === '0s' || (typeof input === 'string' && parseDuration(input) !== undefined),
  'a duration in whole milliseconds, like 7s, 500ms or 1h2m, up to 596h, or 0s',
);
