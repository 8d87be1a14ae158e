import type { IncomingHttpHeaders } from 'node:http';
import { literalHeaderValue, type HeaderMutations } from '@bookinfo/routing';

/**
 * Returns the first difference between response headers and the mutations of a rule; undefined when there is none. Values with
 * commands, which stand for a property of the request, are not compared.
 */
export function headerMismatch(
  headers: IncomingHttpHeaders,
  { remove, add }: HeaderMutations,
): string | undefined {
  const added = new Set(add.map(({ name }) => name));
  const present = remove.find((name) => !added.has(name) && headers[name] !== undefined);
  if (present !== undefined) return `header ${present} is present`;
  for (const { name, value: format } of add) {
    const value = literalHeaderValue(format);
    if (value === undefined) continue;
    const actual = String(headers[name] ?? '');
    if (!actual.split(',').some((each) => each.trim() === value) && actual !== value)
      return `header ${name} is ${headers[name] === undefined ? 'absent' : JSON.stringify(actual)} instead of ${JSON.stringify(value)}`;
  }
  return undefined;
}
