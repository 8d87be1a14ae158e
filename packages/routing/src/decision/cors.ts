import type { Header } from '../http/header-list.js';
import { stringHolds } from '../matching/match.js';
import type { Regexes } from '../matching/regexes.js';
import type { RouteRequest } from '../request/route-request.js';
import type { CorsPolicy } from '../route-table/cors-policy.js';

/**
 * Returns the headers of the response to a preflight, an OPTIONS request with Origin and Access-Control-Request-Method.
 * Returns undefined for any other request, and for a preflight of another origin when the policy forwards it to the backend.
 */
export function preflightHeaders(
  policy: CorsPolicy,
  request: RouteRequest,
  regexes: Regexes,
): Header[] | undefined {
  const origin = request.headers['origin'];
  const requestedMethod = request.headers['access-control-request-method'];
  if (request.method !== 'OPTIONS' || !origin || !requestedMethod) return undefined;
  const isAllowed = isOriginAllowed(policy, origin, regexes);
  if (!isAllowed && policy.forwardUnmatchedPreflights) return undefined;

  const { allowMethods, allowHeaders, maxAge } = policy;
  const headers = isAllowed ? originHeaders(policy, origin) : credentials(policy);
  add(headers, 'access-control-allow-methods', allowMethods === '*' ? requestedMethod : allowMethods);
  // As in Envoy, `*` allows the requested headers, also when there are none.
  if (allowHeaders === '*')
    headers.push(['access-control-allow-headers', request.headers['access-control-request-headers'] ?? '']);
  else add(headers, 'access-control-allow-headers', allowHeaders);
  add(headers, 'access-control-max-age', maxAge === undefined ? '' : String(maxAge));
  return headers;
}

/**
 * Returns the headers that are added to the response to a request with an Origin. There are none for an origin that is
 * not allowed; such a request is still forwarded, and the browser keeps the response from the page.
 */
export function corsHeaders(policy: CorsPolicy, request: RouteRequest, regexes: Regexes): Header[] {
  const origin = request.headers['origin'];
  return origin && isOriginAllowed(policy, origin, regexes) ? originHeaders(policy, origin) : [];
}

function originHeaders(policy: CorsPolicy, origin: string): Header[] {
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

/** A match that holds for the text `*` allows every origin (Envoy: CorsFilter::isOriginAllowed). */
function isOriginAllowed({ allowOrigins }: CorsPolicy, origin: string, regexes: Regexes): boolean {
  return allowOrigins.some(
    (allowed) => stringHolds(allowed, '*', regexes) || stringHolds(allowed, origin, regexes),
  );
}
