import { z } from 'zod';

/**
 * One setting read from an environment variable. Unset and empty both mean `fallback`; any other text must be
 * understood by `parse`, which returns undefined where it is not.
 *
 * @param expected what would be right, to complete the sentence `"text" is not …`
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

/** `true` or `false`, in any case. */
export function flag<const F extends boolean | undefined>(fallback: F) {
  return setting<boolean | F>('true or false', fallback, (raw) => {
    const lower = raw.toLowerCase();
    return lower === 'true' ? true : lower === 'false' ? false : undefined;
  });
}

/** A whole number within both bounds. */
export function wholeNumber(fallback: number, minimum: number, maximum: number) {
  return setting(`a whole number from ${minimum} to ${maximum}`, fallback, (raw) => {
    const value = /^\d{1,15}$/.test(raw) ? Number(raw) : NaN;
    return value >= minimum && value <= maximum ? value : undefined;
  });
}

/** One of the given words. */
export function oneOf<const W extends string>(words: readonly W[], fallback: W) {
  return setting<W>(`one of ${words.join(', ')}`, fallback, (raw) => words.find((word) => word === raw));
}

/** Any text of at most 4,096 characters. */
export function text<const F extends string | undefined>(fallback: F) {
  return setting<string | F>('shorter than 4,097 characters', fallback, (value) =>
    value.length <= 4096 ? value : undefined,
  );
}

/** An `http:` or `https:` URL that a path can be added to; its trailing slash is dropped. */
export function httpUrl<const F extends string | undefined>(fallback: F) {
  return setting<string | F>('an http:// or https:// URL', fallback, (value) =>
    /^https?:$/.test(URL.parse(value)?.protocol ?? '') && !/[?#]/.test(value)
      ? value.replace(/\/+$/, '')
      : undefined,
  );
}

/** A DNS name or an IPv4 address, as a Service is called by. */
export function hostname(fallback: string) {
  return setting<string>('a host name', fallback, (value) =>
    value.length <= 253 && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value) ? value : undefined,
  );
}
