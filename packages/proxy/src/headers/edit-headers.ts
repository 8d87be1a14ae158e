import {
  formatHeaderValue,
  type HeaderList,
  type HeaderMutations,
  type RequestProperties,
} from '@bookinfo/routing';

/**
 * Applies each of the mutations to the list, in turn (Envoy: HeaderParser::evaluateHeaders): it removes, then replaces,
 * then appends, whatever the order in which a rule lists them. All commands of one mutation read what it finds after the
 * removals; an empty result changes nothing.
 */
export function editHeaders(
  headers: HeaderList,
  mutations: readonly HeaderMutations[],
  request: RequestProperties,
): void {
  for (const { remove, add } of mutations) {
    for (const name of remove) headers.remove(name);
    const values = add
      .map(({ name, value, append }) => ({ name, value: formatHeaderValue(value, request), append }))
      .filter(({ value }) => value !== '');
    for (const { name, value, append } of values) if (!append) headers.set(name, value);
    for (const { name, value, append } of values) if (append) headers.add(name, value);
  }
}
