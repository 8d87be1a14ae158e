import type { Header } from '../http/header-list.js';
import type { CorsPolicy } from '../route-table/cors-policy.js';
import type { StringMatch } from '../route-table/route-match.js';
import type { RouteRequest } from './decision.js';
import { matchesRegex } from './regex.js';

/**
 * What the proxy answers to a preflight (OPTIONS with Origin and Access-Control-Request-Method): 200 with these headers.
 * Undefined for any other request, and for a preflight of another origin that is left to the backend.
 */
export function preflightHeaders(policy: CorsPolicy, request: RouteRequest): Header[] | undefined {
  const origin = request.headers['origin'];
  const wantedMethod = request.headers['access-control-request-method'];
  if (request.method !== 'OPTIONS' || !origin || !wantedMethod) return undefined;
  const isAllowed = allows(policy, origin);
  if (!isAllowed && policy.forwardUnmatchedPreflights) return undefined;

  const { allowMethods, allowHeaders, maxAge } = policy;
  const headers = isAllowed ? answerHeaders(policy, origin) : credentials(policy);
  add(headers, 'access-control-allow-methods', allowMethods === '*' ? wantedMethod : allowMethods);
  // As Envoy has it, `*` allows what is asked for, also where that is nothing.
  if (allowHeaders === '*')
    headers.push(['access-control-allow-headers', request.headers['access-control-request-headers'] ?? '']);
  else add(headers, 'access-control-allow-headers', allowHeaders);
  add(headers, 'access-control-max-age', maxAge === undefined ? '' : String(maxAge));
  return headers;
}

/**
 * What is added to the answer of a request with an Origin. None for an origin that isn't allowed: such a request is
 * never refused, it is the browser that keeps the answer from the page.
 */
export function corsHeaders(policy: CorsPolicy, request: RouteRequest): Header[] {
  const origin = request.headers['origin'];
  return origin && allows(policy, origin) ? answerHeaders(policy, origin) : [];
}

function answerHeaders(policy: CorsPolicy, origin: string): Header[] {
  const headers: Header[] = [['access-control-allow-origin', origin], ...credentials(policy)];
  add(headers, 'access-control-expose-headers', policy.exposeHeaders);
  return headers;
}

function credentials({ allowCredentials }: CorsPolicy): Header[] {
  return allowCredentials ? [['access-control-allow-credentials', 'true']] : [];
}

function add(headers: Header[], name: string, value: string): void {
  if (value !== '') headers.push([name, value]);
}

/** Whatever holds for a literal `*` allows every origin (Envoy: CorsFilter::isOriginAllowed). */
function allows({ allowOrigins }: CorsPolicy, origin: string): boolean {
  return allowOrigins.some((allowed) => holds(allowed, '*') || holds(allowed, origin));
}

function holds({ kind, value }: StringMatch, origin: string): boolean {
  if (kind === 'regex') return matchesRegex(value, origin);
  return kind === 'exact' ? origin === value : origin.startsWith(value);
}
