import type { HeaderMutations, HeaderValue } from '@bookinfo/routing';
import { forEachHeader } from './headers.js';

/** A message's headers: names in lower case and values in turn. */
export type HeaderList = readonly string[];

/**
 * The headers, changed by each in turn (Envoy: HeaderParser::evaluateHeaders): what replaces comes before what is
 * appended, whatever the order they are written in.
 */
export function editHeaders(headers: HeaderList, mutations: readonly HeaderMutations[]): HeaderList {
  return mutations.reduce((edited, { remove, add }) => {
    const replacing = add.filter(({ append }) => !append);
    const appended = add.filter(({ append }) => append).flatMap(({ name, value }) => [name, value]);
    return [...setHeaders(withoutHeaders(edited, remove), replacing), ...appended];
  }, headers);
}

/** Replaces what there is of these names; of values for one name the last counts. */
export function setHeaders(
  headers: HeaderList,
  values: readonly Pick<HeaderValue, 'name' | 'value'>[],
): HeaderList {
  if (values.length === 0) return headers;
  const names = values.map(({ name }) => name);
  const set = withoutHeaders(headers, names);
  for (const [index, { name, value }] of values.entries())
    if (!names.includes(name, index + 1)) set.push(name, value);
  return set;
}

/** A list of its own, which may be changed. */
function withoutHeaders(headers: HeaderList, names: readonly string[]): string[] {
  const kept: string[] = [];
  forEachHeader(headers, (name, value) => {
    if (!names.includes(name)) kept.push(name, value);
  });
  return kept;
}

/** The value of the first header of that name. */
export function headerOf(headers: HeaderList, name: string): string | undefined {
  const index = headers.findIndex((text, at) => at % 2 === 0 && text === name);
  return index === -1 ? undefined : headers[index + 1];
}
