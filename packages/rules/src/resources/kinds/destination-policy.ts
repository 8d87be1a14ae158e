import { z } from 'zod';
import { addIssue, ignoredFields, object, unsupportedFields } from '../schema/containers.js';
import { durationOf } from '../schema/duration.js';
import { MAX_INT32, oneOf, wholeNumber } from '../schema/value.js';
import { parseDuration } from '../duration.js';
import { configApiVersion } from './config-istio.js';
import { istioService } from './istio-service.js';
import { metadata } from './metadata.js';

/** 0 means no limit. */
const count = wholeNumber(0, MAX_INT32).optional();

/** Istio 0.2 ignored durations below a second. */
const seconds = durationOf((text) => {
  const ms = parseDuration(text);
  return ms !== undefined && ms >= 1000 ? ms : undefined;
}, 'a duration from 1s to 596h');

/**
 * Load balancing and circuit breaker for the pods of a service that have exactly these labels, of Istio 0.2 (istio/api 0.2.7,
 * proxy/v1/config/dest_policy.proto).
 */
export const destinationPolicy = object({
  apiVersion: configApiVersion,
  kind: z.literal('DestinationPolicy'),
  metadata,
  spec: object({
    destination: istioService,
    loadBalancing: object({
      name: oneOf('ROUND_ROBIN', 'LEAST_CONN', 'RANDOM'),
      ...unsupportedFields({ custom: 'Istio never implemented it' }),
    }).optional(),
    circuitBreaker: object({
      simpleCb: object({
        maxConnections: count,
        httpMaxPendingRequests: count,
        httpMaxRequests: count,
        httpMaxRequestsPerConnection: count,
        httpMaxRetries: count,
        httpConsecutiveErrors: count,
        sleepWindow: seconds.optional(),
        httpDetectionInterval: seconds.optional(),
        httpMaxEjectionPercent: wholeNumber(0, 100).optional(),
      }),
      ...unsupportedFields({ custom: 'Istio never implemented it' }),
    }).optional(),
    ...unsupportedFields({ source: 'the DestinationRule that it is converted to applies to all clients' }),
  }).superRefine(({ loadBalancing, circuitBreaker }, context) => {
    if (!loadBalancing && !circuitBreaker) addIssue(context, 'loadBalancing or circuitBreaker is needed');
  }),
  ...ignoredFields('status'),
});
