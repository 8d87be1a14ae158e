import type { z } from 'zod';
import { addIssue, object, unsupportedFields } from '../schema/containers.js';
import { duration } from '../schema/duration.js';
import { boolean, MAX_INT32, value, wholeNumber } from '../schema/value.js';

const limit = wholeNumber(0, MAX_INT32).optional();

/** Limits of the connections to a host; 0 means no limit. */
export const connectionPool = object({
  tcp: object({
    maxConnections: limit,
    connectTimeout: duration.optional(),
    idleTimeout: duration.optional(),
    ...unsupportedFields({
      maxConnectionDuration: 'connections are closed by idleTimeout only',
      tcpKeepalive: 'the settings of the operating system apply',
    }),
  }).optional(),
  http: object({
    http1MaxPendingRequests: limit,
    /** Envoy counts requests of HTTP/1.1 too. */
    http2MaxRequests: limit,
    maxRequestsPerConnection: limit,
    maxRetries: limit,
    idleTimeout: duration.optional(),
    // These concern HTTP/2 only, which UPGRADE would enable.
    h2UpgradePolicy: value<'DEFAULT' | 'DO_NOT_UPGRADE'>(
      (input) => input === 'DEFAULT' || input === 'DO_NOT_UPGRADE',
      'DEFAULT or DO_NOT_UPGRADE (pods get every request by HTTP/1.1 here)',
    ).optional(),
    maxConcurrentStreams: limit,
    useClientProtocol: boolean.optional(),
  }).optional(),
}).superRefine(({ tcp, http }, context) => {
  if (!tcp && !http) addIssue(context, 'tcp or http is needed');
});

/** Limits of the connections to a host; 0 means no limit. */
export type ConnectionPoolSettings = z.infer<typeof connectionPool>;
