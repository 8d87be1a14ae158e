import { DEFAULT_PORTS } from '../route-table/ports.js';
import { normalizePath, withoutQuery } from './path.js';

/** Whom a request is for, and what it asks for. */
export interface Target {
  /** Host and port as the client named them. */
  authority: string;
  /** The one that the authority names, else HTTP's own. */
  port: number;
  /** Normalized, so that nobody gets past a rule by a path that backends resolve differently; with its query string. */
  path: string;
}

/** RFC 3986 host and optional port; no user information (RFC 9110, 4.2.4, tells a recipient to treat it as an error). */
const AUTHORITY = /^(?:\[[0-9a-f:.]+\]|[a-z0-9._~%!$&'()*+,;=-]+)(?::(?<port>\d{1,5}))?$/i;

/** What HTTP_PROXY clients send (RFC 9112, 3.2.2): `http://host:port/path?query`. */
const ABSOLUTE_FORM = /^http:\/\/([^/?]*)(.*)$/i;

/**
 * Reads a request line's target: the absolute form, whose authority outranks the Host header, or the origin
 * form with a Host header. Returns undefined for anything else, which deserves a 400.
 */
export function parseTarget(requestTarget: string, host: string | undefined): Target | undefined {
  const absolute = ABSOLUTE_FORM.exec(requestTarget);
  const authority = absolute ? absolute[1] : host;
  const path = absolute ? absolutePath(absolute[2]) : requestTarget;
  const isPath = (path.startsWith('/') && !hasNull(path)) || path === '*';
  if (authority === undefined || !isPath || path.includes('#')) return undefined;
  const parts = AUTHORITY.exec(authority);
  // The URL parser adds what a pattern can't say: the port's range, the form of an IP address.
  if (!parts || !URL.canParse(`http://${authority}`)) return undefined;
  return { authority, port: Number(parts.groups?.['port'] ?? DEFAULT_PORTS.http), path: normalizePath(path) };
}

/** Envoy refuses such a path when it normalizes it (source/common/http/path_utility.cc). */
function hasNull(path: string): boolean {
  return withoutQuery(path).includes('%00');
}

function absolutePath(path = ''): string {
  return path.startsWith('/') ? path : `/${path}`;
}
