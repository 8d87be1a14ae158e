import type { StringMatch } from './route-match.js';

/** What browsers are told about requests from other origins (Envoy: cors filter). */
export interface CorsPolicy {
  allowOrigins: StringMatch[];
  /** Written as they are into access-control-allow-methods and its like; empty: the header is left out. */
  allowMethods: string;
  allowHeaders: string;
  exposeHeaders: string;
  /** Seconds. */
  maxAge?: number;
  allowCredentials: boolean;
  /** Whether a preflight of another origin goes on to the backend, Istio's default, or is answered without allow headers. */
  forwardUnmatchedPreflights: boolean;
}
