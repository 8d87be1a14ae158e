import type { HeaderList, HeaderMutations } from '@bookinfo/routing';

/**
 * Applies each of the mutations to the list, in turn (Envoy: HeaderParser::evaluateHeaders): it removes, then replaces,
 * then appends, whatever the order in which a rule lists them.
 */
export function editHeaders(headers: HeaderList, mutations: readonly HeaderMutations[]): void {
  for (const { remove, add } of mutations) {
    for (const name of remove) headers.remove(name);
    for (const { name, value, append } of add) if (!append) headers.set(name, value);
    for (const { name, value, append } of add) if (append) headers.add(name, value);
  }
}
