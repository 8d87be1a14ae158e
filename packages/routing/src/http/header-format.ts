import { type COMMAND_PROPERTIES, HEADER_COMMAND } from '@bookinfo/text';

/** What the commands of a header value read of a request. */
export interface RequestProperties {
  /** Returns the first value of a header or pseudo-header (`:path`), by its name in lower case. */
  header(name: string): string | undefined;
  property(name: (typeof COMMAND_PROPERTIES)[number]): string;
}

const TOKENS = new RegExp(`%%|${HEADER_COMMAND}`, 'g');
const COMMAND = new RegExp(HEADER_COMMAND);

/**
 * Returns a header value with `%%` as `%` and its commands replaced by what they stand for, nothing for an absent header (Envoy:
 * HeaderParser::evaluateHeaders, SubstitutionFormatParser with omit_empty_values).
 */
export function formatHeaderValue(format: string, request: RequestProperties): string {
  if (!format.includes('%')) return format;
  return format.replaceAll(TOKENS, (token: string, ...rest: unknown[]) => {
    if (token === '%%') return '%';
    const { name, other, length, property } = rest.at(-1) as Record<string, string | undefined>;
    if (name === undefined) return request.property(property as (typeof COMMAND_PROPERTIES)[number]);
    const value = valueOf(request, name) ?? (other && valueOf(request, other)) ?? '';
    return length === undefined ? value : value.slice(0, Number(length));
  });
}

/** Returns a header value with `%%` as `%`, or undefined if it has commands. */
export function literalHeaderValue(format: string): string | undefined {
  return COMMAND.test(format.replaceAll('%%', '')) ? undefined : format.replaceAll('%%', '%');
}

function valueOf(request: RequestProperties, name: string): string | undefined {
  const lower = name.toLowerCase();
  return request.header(lower === 'host' ? ':authority' : lower);
}
