import type { StringMatch } from './route-match.js';

/** Permissions that a browser gets for requests from other origins (Envoy: cors filter). */
export interface CorsPolicy {
  allowOrigins: StringMatch[];
  /** Values of access-control-allow-methods, -allow-headers and -expose-headers; an empty one leaves its header out. */
  allowMethods: string;
  allowHeaders: string;
  exposeHeaders: string;
  /** Seconds. */
  maxAge?: number;
  allowCredentials: boolean;
  /** True, Istio's default, forwards a preflight of another origin; false answers it without allow headers. */
  forwardUnmatchedPreflights: boolean;
}
