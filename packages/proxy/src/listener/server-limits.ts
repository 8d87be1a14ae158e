import type { ServerOptions } from 'node:http';
import type { TlsOptions } from 'node:tls';

/** Time after which a connection without a request is closed: Envoy's default (idle_timeout). */
export const IDLE_TIMEOUT_MS = 3_600_000;

/**
 * The time limits of Node's server. 0 switches a limit off. Those that are no options, `timeout` and
 * `maxRequestsPerSocket`, are off by default, as in Envoy.
 */
export const SERVER_LIMITS: ServerOptions = {
  // ClientConnection closes idle connections. Node's limit is 5 s, and is announced in each response (Keep-Alive).
  keepAliveTimeout: 0,
  // As in Envoy, a body may take any time. Node's limit is five minutes.
  requestTimeout: 0,
  // From the first byte of a request to the end of its headers. Envoy's default is no limit (request_headers_timeout), with
  // which a client that sends a byte now and then holds a connection for ever.
  headersTimeout: 60_000,
  connectionsCheckingInterval: 10_000,
};

/** Envoy's limit for the first message of a handshake (listener_filters_timeout), here of the whole; Node's is two minutes. */
export const TLS_LIMITS: TlsOptions = { handshakeTimeout: 15_000 };
