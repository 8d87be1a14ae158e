import { z } from 'zod';
import { complain, inert, object, refused } from '../schema/containers.js';
import { oneOf } from '../schema/value.js';
import { configApiVersion } from './config-istio.js';
import { istioService } from './istio-service.js';
import { metadata } from './metadata.js';

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
    ...refused({ source: 'a DestinationRule, which it becomes, is for all callers' }),
  }).superRefine(({ loadBalancing }, context) => {
    if (!loadBalancing) complain(context, 'loadBalancing is needed');
  }),
  ...inert('status'),
});
