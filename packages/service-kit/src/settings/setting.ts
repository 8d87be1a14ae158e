import { z } from 'zod';

/**
 * Returns the schema of a setting. An unset or empty variable has the value `fallback`; any other text has the value that
 * `parse` returns, and is invalid when that is undefined.
 *
 * @param expected completes the message `"text" is not …`
 */
export function setting<T>(expected: string, fallback: T, parse: (raw: string) => T | undefined) {
  return z
    .string()
    .optional()
    .transform((raw, context): T => {
      if (raw === undefined || raw === '') return fallback;
      const value = parse(raw);
      if (value !== undefined) return value;
      context.addIssue(`${JSON.stringify(raw)} is not ${expected}`);
      return z.NEVER;
    });
}

/** Returns the schema of `true` or `false`, in upper or lower case. */
export function flag<const F extends boolean | undefined>(fallback: F) {
  return setting<boolean | F>('true or false', fallback, (raw) => {
    const lower = raw.toLowerCase();
    return lower === 'true' ? true : lower === 'false' ? false : undefined;
  });
}

/** Returns the schema of a whole number from `minimum` to `maximum`. */
export function wholeNumber(fallback: number, minimum: number, maximum: number) {
  return setting(`a whole number from ${minimum} to ${maximum}`, fallback, (raw) => {
    const value = /^\d{1,15}$/.test(raw) ? Number(raw) : NaN;
    return value >= minimum && value <= maximum ? value : undefined;
  });
}

/** Returns the schema of one of `words`. */
export function oneOf<const W extends string>(words: readonly W[], fallback: W) {
  return setting<W>(`one of ${words.join(', ')}`, fallback, (raw) => words.find((word) => word === raw));
}

/** Returns the schema of any text of at most 4,096 characters. */
export function text<const F extends string | undefined>(fallback: F) {
  return setting<string | F>('shorter than 4,097 characters', fallback, (value) =>
    value.length <= 4096 ? value : undefined,
  );
}

/** Returns the schema of an `http:` or `https:` URL to which a path can be appended; a trailing slash is removed. */
export function httpUrl<const F extends string | undefined>(fallback: F) {
  return setting<string | F>('an http:// or https:// URL', fallback, (value) =>
    /^https?:$/.test(URL.parse(value)?.protocol ?? '') && !/[?#]/.test(value)
      ? value.replace(/\/+$/, '')
      : undefined,
  );
}

/** Returns the schema of a DNS name or an IPv4 address. */
export function hostname(fallback: string) {
  return setting<string>('a host name', fallback, (value) =>
    value.length <= 253 && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value) ? value : undefined,
  );
}
