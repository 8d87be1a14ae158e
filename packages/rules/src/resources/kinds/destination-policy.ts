import { z } from 'zod';
import { complain, inert, object, refused } from '../schema/containers.js';
import { durationOf } from '../schema/duration.js';
import { MAX_INT32, oneOf, wholeNumber } from '../schema/value.js';
import { parseDuration } from '../duration.js';
import { configApiVersion } from './config-istio.js';
import { istioService } from './istio-service.js';
import { metadata } from './metadata.js';

/** 0 is as good as none. */
const count = wholeNumber(0, MAX_INT32).optional();

/** Istio did not see one below a second. */
const seconds = durationOf((text) => {
  const ms = parseDuration(text);
  return ms !== undefined && ms >= 1000 ? ms : undefined;
}, 'a duration from 1s to 596h');

/**
 * How callers treat the pods of a service, or those with just these labels, of Istio 0.2 (istio/api 0.2.7,
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
      ...refused({ custom: 'Istio never carried it out' }),
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
      ...refused({ custom: 'Istio never carried it out' }),
    }).optional(),
    ...refused({ source: 'a DestinationRule, which it becomes, is for all callers' }),
  }).superRefine(({ loadBalancing, circuitBreaker }, context) => {
    if (!loadBalancing && !circuitBreaker) complain(context, 'loadBalancing or circuitBreaker is needed');
  }),
  ...inert('status'),
});
