import type { Header } from '../http/header-list.js';
import { firstMismatch, matchSubject, type MatchSubject } from '../matching/match.js';
import type { Matcher } from '../matching/matcher.js';
import { reasonFor } from '../matching/reason.js';
import type { RouteRequest } from '../request/route-request.js';
import type { Route, RouteTable, VirtualHost } from '../route-table/route-table.js';
import { corsHeaders, preflightHeaders } from './cors.js';
import { rewritePath } from './path-rewrite.js';
import { redirectLocation } from './redirect-location.js';

/** A route that was not taken, and the first part of its match that did not hold. */
export interface PassedOver {
  route: Route;
  reason: string;
}

/**
 * The virtual host and the route of one request, and what the route makes of the request. A class, so that reasons and
 * headers are computed only when they are read: the proxy creates one for each request and never reads reasons.
 */
export class RouteLookup {
  readonly request: RouteRequest;
  readonly table: RouteTable;
  readonly virtualHost: VirtualHost | undefined;
  /** Undefined when there is no virtual host or none of its routes matches. */
  readonly route: Route | undefined;
  /** False when the proxy has no HTTP listener at the request's port. */
  readonly hasListener: boolean;
  readonly #position: number | undefined;
  readonly #subject: MatchSubject;

  constructor(matcher: Matcher, request: RouteRequest) {
    const hosts = matcher.hostsAt(request);
    this.request = request;
    this.table = matcher.table;
    this.hasListener = hosts !== undefined;
    this.#subject = matchSubject(request, matcher.regexes);
    this.virtualHost = hosts?.find(request.authority);
    this.#position = this.virtualHost && matcher.routesOf(this.virtualHost).find(this.#subject);
    this.route = this.#position === undefined ? undefined : this.virtualHost?.routes[this.#position];
  }

  /** The routes before the one that matched, in order; all routes of the virtual host when none matched. */
  get passedOver(): PassedOver[] {
    const earlier = this.virtualHost?.routes.slice(0, this.#position) ?? [];
    return earlier.flatMap((route) => {
      const mismatch = firstMismatch(route.match, this.#subject);
      return mismatch ? [{ route, reason: reasonFor(mismatch, this.#subject) }] : [];
    });
  }

  /** The path with its query that the backend gets; undefined when the route does not rewrite it. */
  get rewrittenPath(): string | undefined {
    if (this.route?.action.kind !== 'forward') return undefined;
    const { match, action } = this.route;
    if (!action.rewrite) return undefined;
    return rewritePath(action.rewrite, match.path, this.request.path, this.#subject.regexes);
  }

  /**
   * The URL that a redirect names, and that of the request where a direct response has the status 201 or 3xx (Envoy:
   * Filter::decodeHeaders, router.cc); undefined for other routes.
   */
  get redirectLocation(): string | undefined {
    const { match, action } = this.route ?? {};
    if (action?.kind === 'redirect')
      return redirectLocation(action, match?.path, this.request, this.#subject.regexes);
    if (action?.kind !== 'direct-response' || !hasLocation(action.status)) return undefined;
    return redirectLocation({}, match?.path, this.request, this.#subject.regexes);
  }

  /**
   * The headers of the response to a CORS preflight; undefined when the proxy does not answer the request itself. Only
   * routes that forward have a CORS filter (Envoy: CorsFilter::decodeHeaders).
   */
  get preflightHeaders(): Header[] | undefined {
    if (this.route?.action.kind !== 'forward' || !this.route.cors) return undefined;
    return preflightHeaders(this.route.cors, this.request, this.#subject.regexes);
  }

  /** The CORS headers that the route adds to a backend's response. */
  get corsHeaders(): Header[] {
    return this.route?.cors ? corsHeaders(this.route.cors, this.request, this.#subject.regexes) : [];
  }
}

function hasLocation(status: number): boolean {
  return status === 201 || (status >= 300 && status < 400);
}
