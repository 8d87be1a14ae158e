/** A request as routes see it. Header names are lower-case; several values of one header are joined by `,`. */
export interface RouteRequest {
  /** The port that the client called; at a gateway the listener's. */
  port: number;
  /** The name that the client asked for in its TLS handshake (SNI). */
  serverName?: string;
  method: string;
  scheme: 'http' | 'https';
  /** The Host header as sent, port included. */
  authority: string;
  /** Normalized, with its query string. */
  path: string;
  headers: Readonly<Record<string, string>>;
}
