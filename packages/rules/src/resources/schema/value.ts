import { z } from 'zod';

/**
 * Returns the schema of one value.
 *
 * @param expected the right value; completes `<path>: <value> is not <expected>` (see `schemaProblems`)
 */
export function value<T>(accepts: (input: unknown) => boolean, expected: string): z.ZodCustom<T, T> {
  return z.custom<T>(accepts, { error: expected, abort: true }).describe(expected);
}

/** Any string. */
export const text = value<string>(
  (input) => typeof input === 'string',
  'a string (put numbers and booleans in quotes)',
);

/** A string that matches the pattern. */
export function textLike(pattern: RegExp, expected: string): z.ZodCustom<string, string> {
  return value((input) => typeof input === 'string' && pattern.test(input), expected);
}

/** One of several strings. */
export function oneOf<const T extends string>(...allowed: T[]): z.ZodCustom<T, T> {
  return value((input) => allowed.some((word) => word === input), `one of ${allowed.join(', ')}`);
}

/** The largest number of a field of type int32. */
export const MAX_INT32 = 2 ** 31 - 1;

/** A whole number in a range that includes both ends. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): z.ZodCustom<number, number> {
  const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `from ${min} to ${max}`;
  return value(
    (input) => typeof input === 'number' && Number.isSafeInteger(input) && input >= min && input <= max,
    `a whole number ${range}`,
  );
}

/** A TCP port. */
export const portNumber = wholeNumber(1, 65_535);

/** A percentage; fractions are allowed. */
export const percentage = value<number>(
  (input) => typeof input === 'number' && input >= 0 && input <= 100,
  'a number from 0 to 100',
);

/** `true` or `false`. */
export const boolean = value<boolean>((input) => typeof input === 'boolean', 'true or false');
