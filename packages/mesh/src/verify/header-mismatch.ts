import type { IncomingHttpHeaders } from 'node:http';
import type { HeaderMutations } from '@bookinfo/routing';

/** A command that Envoy replaces by a property of the request; its value is not predicted. */
const COMMAND = /%[A-Z_]+/;

/** Returns the first difference between response headers and the mutations of a rule; undefined when there is none. */
export function headerMismatch(
  headers: IncomingHttpHeaders,
  { remove, add }: HeaderMutations,
): string | undefined {
  const added = new Set(add.map(({ name }) => name));
  const present = remove.find((name) => !added.has(name) && headers[name] !== undefined);
  if (present !== undefined) return `header ${present} is present`;
  for (const { name, value } of add) {
    if (COMMAND.test(value)) continue;
    const actual = String(headers[name] ?? '');
    if (!actual.split(',').some((each) => each.trim() === value) && actual !== value)
      return `header ${name} is ${headers[name] === undefined ? 'absent' : JSON.stringify(actual)} instead of ${JSON.stringify(value)}`;
  }
  return undefined;
}
