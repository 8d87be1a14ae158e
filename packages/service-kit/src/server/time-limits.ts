import type { FastifyServerOptions } from 'fastify';

/**
 * All time limits of a service's server, in milliseconds; 0 is none. How long a response may take is not among them: that is
 * the caller's decision, by its own limits and those of its proxy.
 */
export const TIME_LIMITS = {
  /** From the first byte of a request, or the start of its connection, to the end of its body; then it gets a 408. */
  requestTimeout: 30_000,
  /**
   * An idle connection is closed after it. Longer than the hour after which Envoy closes one (`idle_timeout` of its
   * HttpProtocolOptions), so that no proxy sends a request on a connection that is being closed here.
   */
  keepAliveTimeout: 3_660_000,
  /** Without any byte, in either direction; it would end responses that are late on purpose. */
  connectionTimeout: 0,
  http: {
    /** As `requestTimeout`, to the end of the headers. */
    headersTimeout: 30_000,
    /** How often the two are checked. */
    connectionsCheckingInterval: 1000,
  },
} satisfies FastifyServerOptions & { http: object };
