import { z } from 'zod';
import { inert, list, object, unique } from '../schema/containers.js';
import { labelName, wildcardHost } from '../schema/names.js';
import { oneOf } from '../schema/value.js';
import { labels, metadata } from './metadata.js';
import { networkingApiVersion } from './networking.js';

/** LEAST_CONN is the old name of LEAST_REQUEST. */
const trafficPolicy = object({
  loadBalancer: object({
    simple: oneOf('LEAST_REQUEST', 'LEAST_CONN', 'RANDOM', 'ROUND_ROBIN'),
  }).optional(),
});

const subset = object({
  name: labelName,
  labels: labels.default({}),
  trafficPolicy: trafficPolicy.optional(),
});

/** The versions (subsets) of a host, and how to balance between their pods. */
export const destinationRule = object({
  apiVersion: networkingApiVersion,
  kind: z.literal('DestinationRule'),
  metadata,
  spec: object({
    host: wildcardHost,
    trafficPolicy: trafficPolicy.optional(),
    subsets: list(subset)
      .superRefine(unique('subset', (entry) => entry.name, ['name']))
      .default([]),
  }),
  ...inert('status'),
});
