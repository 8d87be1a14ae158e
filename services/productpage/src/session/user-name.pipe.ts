/** Letters, marks, numbers, punctuation, symbols and plain spaces: nothing that hides or reorders other text. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,100}$/u;

/** Stands where the bytes that came in weren't UTF-8. */
const REPLACEMENT_CHARACTER = '\uFFFD';

/** The name that somebody signs in with, without surrounding space; undefined where it can't be a name. */
export function parseUserName(input: unknown): string | undefined {
  if (typeof input !== 'string') return undefined;
  const name = input.trim();
  return PRINTABLE.test(name) && !name.includes(REPLACEMENT_CHARACTER) ? name : undefined;
}
