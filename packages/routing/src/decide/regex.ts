import { RE2JS } from 're2js';

const MAX_CACHED = 1000;
const cache = new Map<string, RE2JS>();

/** Whether the whole value matches the RE2 pattern, as Envoy wants it; each pattern is compiled once. */
export function matchesRegex(pattern: string, value: string): boolean {
  return compiled(pattern).testExact(value);
}

/** Every match of the RE2 pattern replaced; `\1` to `\9` stand for its groups, `\0` for all of it, `\\` for a backslash. */
export function replaceRegex(pattern: string, value: string, substitution: string): string {
  const regex = compiled(pattern);
  return regex.matcher(value).replaceAll((...match: unknown[]) =>
    substitution.replaceAll(/\\([0-9\\])/g, (_, escaped: string) => {
      if (escaped === '\\') return escaped;
      // Behind the groups stand the match's position and the whole value.
      const group = Number(escaped) <= regex.groupCount() ? match[Number(escaped)] : undefined;
      return typeof group === 'string' ? group : '';
    }),
  );
}

function compiled(pattern: string): RE2JS {
  let regex = cache.get(pattern);
  if (!regex) {
    if (cache.size >= MAX_CACHED) cache.clear();
    regex = RE2JS.compile(pattern);
    cache.set(pattern, regex);
  }
  return regex;
}
