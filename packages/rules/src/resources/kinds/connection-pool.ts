import type { z } from 'zod';
import { object, refused } from '../schema/containers.js';
import { duration } from '../schema/duration.js';
import { boolean, MAX_INT32, oneOf, wholeNumber } from '../schema/value.js';

const limit = wholeNumber(0, MAX_INT32).optional();

/** A limit of 0 is none. */
export const connectionPool = object({
  tcp: object({
    maxConnections: limit,
    connectTimeout: duration.optional(),
    idleTimeout: duration.optional(),
    ...refused({
      maxConnectionDuration: 'connections are closed by idleTimeout alone here',
      tcpKeepalive: 'connections do not leave this machine, or are watched by its own settings',
    }),
  }).optional(),
  http: object({
    http1MaxPendingRequests: limit,
    /** Envoy counts requests of HTTP/1.1 too. */
    http2MaxRequests: limit,
    maxRequestsPerConnection: limit,
    maxRetries: limit,
    idleTimeout: duration.optional(),
    // These speak of HTTP/2 alone. UPGRADE would bring it about.
    h2UpgradePolicy: oneOf('DEFAULT', 'DO_NOT_UPGRADE').optional(),
    maxConcurrentStreams: limit,
    useClientProtocol: boolean.optional(),
  }).optional(),
});

/** What a client's proxy may do at once to a host. */
export type ConnectionPoolSettings = z.infer<typeof connectionPool>;
