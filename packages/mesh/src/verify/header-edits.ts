import type { IncomingHttpHeaders } from 'node:http';
import type { HeaderMutations } from '@bookinfo/routing';

/** What Envoy replaces by something of the request, and nobody can foretell. */
const COMMAND = /%[A-Z_]+/;

/** How an answer's headers differ from what a rule makes of them; undefined when they don't. */
export function headersAmiss(
  headers: IncomingHttpHeaders,
  { remove, add }: HeaderMutations,
): string | undefined {
  const added = new Set(add.map(({ name }) => name));
  const kept = remove.find((name) => !added.has(name) && headers[name] !== undefined);
  if (kept !== undefined) return `header ${kept} is there`;
  for (const { name, value } of add) {
    if (COMMAND.test(value)) continue;
    const actual = String(headers[name] ?? '');
    if (!actual.split(',').some((each) => each.trim() === value) && actual !== value)
      return `header ${name} is ${headers[name] === undefined ? 'absent' : JSON.stringify(actual)} instead of ${JSON.stringify(value)}`;
  }
  return undefined;
}
