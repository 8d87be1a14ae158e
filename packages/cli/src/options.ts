import { DEFAULT_ADMIN_PORT } from '@bookinfo/mesh';
import { DEFAULT_PORTS } from '@bookinfo/routing';
import { InvalidArgumentError, Option } from 'commander';

/** Returns `--admin-port`, for all commands that connect to a running mesh. */
export function adminPortOption(): Option {
  return new Option('--admin-port <port>', 'port of the admin endpoint on 127.0.0.1')
    .env('BOOKINFO_ADMIN_PORT')
    .default(DEFAULT_ADMIN_PORT)
    .argParser(parsePort);
}

/** Returns `-f`, for one or more YAML files. */
export function filenameOption(description: string): Option {
  return new Option('-f, --filename <file...>', `${description}; - is standard input`);
}

/** Returns the names of these files as problems show them. */
export function sourceNames(filename: readonly string[]): ReadonlySet<string> {
  return new Set(filename.map((file) => (file === '-' ? 'stdin' : file)));
}

/** Returns `--assume`, for backends that behave unlike Bookinfo's programs. */
export function assumeOption(): Option {
  return new Option(
    '--assume <behaviour>',
    "behaviour of a version, app or host, such as 'reviews-v2: 503 10%'; may be repeated",
  )
    .default([], 'none')
    .argParser((text: string, earlier: string[]) => [...earlier, text]);
}

/**
 * Parses `LOCAL:PORT` or `LOCAL`, the local port for a gateway's listener, for commander's argParser.
 * @returns the local ports by the port of the listener, which is 80 where it is left out; the last one of a listener counts.
 * @throws {InvalidArgumentError} when a part is not a port.
 */
export function parseGatewayPort(
  text: string,
  earlier: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const [local = '', listener = String(DEFAULT_PORTS.http), ...rest] = text.split(':');
  const port = parsePort(listener);
  if (rest.length > 0 || port === 0)
    throw new InvalidArgumentError(
      "It is written LOCAL:PORT, such as 9443:8443, or LOCAL for a gateway's port 80.",
    );
  return new Map([...earlier, [port, parsePort(local)]]);
}

/**
 * Parses a port, for commander's argParser.
 * @throws {InvalidArgumentError} when the text is not a number from 0 to 65535.
 */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 1 to 65535, or 0 for any that is free.');
  return port;
}

/**
 * Parses a number of replicas, for commander's argParser.
 * @throws {InvalidArgumentError} when the text is not a number from 1 to 100, the limit of a Deployment here.
 */
export function parseReplicas(text: string): number {
  const replicas = Number(text);
  if (!/^\d{1,3}$/.test(text) || replicas < 1 || replicas > 100)
    throw new InvalidArgumentError('Replicas are a whole number from 1 to 100.');
  return replicas;
}
