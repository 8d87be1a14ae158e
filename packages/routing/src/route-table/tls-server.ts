/** What one server of HTTPS shows to its clients. It is no part of the route table, because it has a private key. */
export interface TlsServer {
  /** As in `RouteConfiguration`. */
  serverNames: readonly string[];
  /** The certificate, with those of its authorities behind it, and its key, in PEM. Without, connections are closed. */
  certificate?: { cert: string; key: string };
}
