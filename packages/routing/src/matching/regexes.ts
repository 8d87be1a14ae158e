import { RE2JS } from 're2js';

/**
 * Limit of the product of a pattern's program size, in instructions, and the characters of the value: a match takes time in
 * proportion to it, about 0.1 s at the limit, in which the process does nothing else. A pattern of 1,000 instructions has
 * values of up to 4,000 characters. Envoy has a limit for the program alone (re2.max_program_size.error_level).
 */
const MAX_STEPS = 4_000_000;

/** Regular expressions in RE2's syntax. Each is compiled at its first use and kept as long as this object. */
export class Regexes {
  readonly #compiled = new Map<string, RE2JS>();

  /**
   * Tells whether the whole value matches the pattern, as Envoy's `safe_regex` requires.
   *
   * @throws {Error} when the value is too long for the pattern.
   */
  matches(pattern: string, value: string): boolean {
    return this.#regexFor(pattern, value).testExact(value);
  }

  /**
   * Replaces every match of the pattern. In the substitution `\1` to `\9` are the groups, `\0` is the whole match and `\\` a
   * backslash; a group that the pattern lacks is empty.
   *
   * @throws {Error} when the value is too long for the pattern.
   */
  replaceAll(pattern: string, value: string, substitution: string): string {
    const regex = this.#regexFor(pattern, value);
    return regex.matcher(value).replaceAll((...match: unknown[]) =>
      substitution.replaceAll(/\\([0-9\\])/g, (_, escaped: string) => {
        if (escaped === '\\') return escaped;
        // After the groups come the position of the match and the whole value.
        const group = Number(escaped) <= regex.groupCount() ? match[Number(escaped)] : undefined;
        return typeof group === 'string' ? group : '';
      }),
    );
  }

  #regexFor(pattern: string, value: string): RE2JS {
    const regex = this.#compile(pattern);
    const maxLength = Math.floor(MAX_STEPS / regex.programSize());
    if (value.length > maxLength)
      throw new Error(
        `a value of ${value.length} characters is too long for the regular expression ${pattern.slice(0, 100)} (at most ${maxLength})`,
      );
    return regex;
  }

  #compile(pattern: string): RE2JS {
    let regex = this.#compiled.get(pattern);
    if (!regex) this.#compiled.set(pattern, (regex = RE2JS.compile(pattern)));
    return regex;
  }
}
