import { DEFAULT_ADMIN_PORT } from '@bookinfo/mesh';
import { InvalidArgumentError, Option } from 'commander';

/** The port that the commands reach a running mesh by. */
export function adminPortOption(): Option {
  return new Option('--admin-port <port>', 'port of the admin endpoint on 127.0.0.1')
    .env('BOOKINFO_ADMIN_PORT')
    .default(DEFAULT_ADMIN_PORT)
    .argParser(parsePort);
}

/** YAML files, one or more. */
export function filenameOption(description: string): Option {
  return new Option('-f, --filename <file...>', `${description}; - is standard input`);
}

/** The names of these files in problems. */
export function sourceNames(filename: readonly string[]): ReadonlySet<string> {
  return new Set(filename.map((file) => (file === '-' ? 'stdin' : file)));
}

/** The client of a request. */
export function fromOption(): Option {
  return new Option(
    '--from <workload>',
    'who asks: a Deployment or app (default: the outside, by the gateway)',
  );
}

/** Headers of a request, none or more. */
export function headerOption(): Option {
  return new Option('-H, --header <name: value>', 'header of the request; may be repeated')
    .default({}, 'none')
    .argParser(parseHeader);
}

/** Behaviour of backends other than that of Bookinfo's programs. */
export function assumeOption(): Option {
  return new Option(
    '--assume <behaviour>',
    "what a version, app or host does: 'reviews-v2: 503 10%'; may be repeated",
  )
    .default([], 'none')
    .argParser((text: string, earlier: string[]) => [...earlier, text]);
}

function parseHeader(text: string, earlier: Record<string, string>): Record<string, string> {
  const colon = text.indexOf(':');
  if (colon < 1) throw new InvalidArgumentError("A header is written 'name: value'.");
  return { ...earlier, [text.slice(0, colon).trim()]: text.slice(colon + 1).trim() };
}

/** For commander's argParser. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 1 to 65535, or 0 for any that is free.');
  return port;
}
