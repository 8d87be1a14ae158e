import { RE2JS } from 're2js';

/** Regular expressions in RE2's syntax. Each is compiled at its first use and kept as long as this object. */
export class Regexes {
  readonly #compiled = new Map<string, RE2JS>();

  /** Tells whether the whole value matches the pattern, as Envoy's `safe_regex` requires. */
  matches(pattern: string, value: string): boolean {
    return this.#compile(pattern).testExact(value);
  }

  /**
   * Replaces every match of the pattern. In the substitution `\1` to `\9` are the groups, `\0` is the whole match and `\\` a
   * backslash; a group that the pattern lacks is empty.
   */
  replaceAll(pattern: string, value: string, substitution: string): string {
    const regex = this.#compile(pattern);
    return regex.matcher(value).replaceAll((...match: unknown[]) =>
      substitution.replaceAll(/\\([0-9\\])/g, (_, escaped: string) => {
        if (escaped === '\\') return escaped;
        // After the groups come the position of the match and the whole value.
        const group = Number(escaped) <= regex.groupCount() ? match[Number(escaped)] : undefined;
        return typeof group === 'string' ? group : '';
      }),
    );
  }

  #compile(pattern: string): RE2JS {
    let regex = this.#compiled.get(pattern);
    if (!regex) this.#compiled.set(pattern, (regex = RE2JS.compile(pattern)));
    return regex;
  }
}
