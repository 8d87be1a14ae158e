import type { RouteRequest } from '../request/route-request.js';

/** Returns a GET request to reviews with the given parts. */
export function requestOf(parts: Partial<RouteRequest> = {}): RouteRequest {
  return {
    port: 9080,
    method: 'GET',
    scheme: 'http',
    authority: 'reviews:9080',
    path: '/reviews/0',
    headers: {},
    ...parts,
  };
}
