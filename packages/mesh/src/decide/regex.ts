import { RE2JS } from 're2js';

const MAX_CACHED = 1000;
const cache = new Map<string, RE2JS>();

/** Whether the whole value matches the RE2 pattern, as Envoy wants it; each pattern is compiled once. */
export function matchesRegex(pattern: string, value: string): boolean {
  let compiled = cache.get(pattern);
  if (!compiled) {
    if (cache.size >= MAX_CACHED) cache.clear();
    compiled = RE2JS.compile(pattern);
    cache.set(pattern, compiled);
  }
  return compiled.testExact(value);
}
