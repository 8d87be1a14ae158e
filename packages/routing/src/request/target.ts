import { DEFAULT_PORTS } from '../route-table/ports.js';
import { normalizePath, withoutQuery } from './path.js';

/** The authority and the path that a request line and a Host header name. */
export interface Target {
  /** Host and port as the client named them. */
  authority: string;
  /** The authority's port, 80 by default. */
  port: number;
  /** With its query string; normalized, so that a backend cannot resolve a path to another one than the rules matched. */
  path: string;
}

/** Host and optional port (RFC 3986); no user information, which a recipient should treat as an error (RFC 9110, 4.2.4). */
const AUTHORITY = /^(?:\[[0-9a-f:.]+\]|[a-z0-9._~%!$&'()*+,;=-]+)(?::(?<port>\d{1,5}))?$/i;

/** The form that clients send to an HTTP_PROXY (RFC 9112, 3.2.2): `http://host:port/path?query`. */
const ABSOLUTE_FORM = /^http:\/\/([^/?]*)(.*)$/i;

/**
 * Reads the target of a request line: the absolute form, whose authority has precedence over the Host header, or the
 * origin form with a Host header. Returns undefined for anything else, which is a 400.
 */
export function parseTarget(requestTarget: string, host: string | undefined): Target | undefined {
  const absolute = ABSOLUTE_FORM.exec(requestTarget);
  const authority = absolute ? absolute[1] : host;
  const path = absolute ? absolutePath(absolute[2]) : requestTarget;
  const isPath = (path.startsWith('/') && !hasNull(path)) || path === '*';
  if (authority === undefined || !isPath || path.includes('#')) return undefined;
  const parts = AUTHORITY.exec(authority);
  // The URL parser also checks the range of the port and the form of an IP address.
  if (!parts || !URL.canParse(`http://${authority}`)) return undefined;
  return { authority, port: Number(parts.groups?.['port'] ?? DEFAULT_PORTS.http), path: normalizePath(path) };
}

/** Envoy rejects such a path when it normalizes it (source/common/http/path_utility.cc). */
function hasNull(path: string): boolean {
  return withoutQuery(path).includes('%00');
}

function absolutePath(path = ''): string {
  return path.startsWith('/') ? path : `/${path}`;
}
