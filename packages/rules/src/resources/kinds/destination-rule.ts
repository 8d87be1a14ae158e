import { z } from 'zod';
import { inert, list, object, refused, unique } from '../schema/containers.js';
import { labelName, wildcardHost } from '../schema/names.js';
import { exportTo } from './export-to.js';
import { labels, metadata } from './metadata.js';
import { networkingApiVersion } from './networking.js';
import { trafficPolicy } from './traffic-policy.js';

const subset = object({
  name: labelName,
  labels: labels.default({}),
  trafficPolicy: trafficPolicy.optional(),
});

/** The versions (subsets) of a host, and how clients treat them. */
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
    exportTo,
    ...refused({ workloadSelector: 'a rule is for all clients that see it' }),
  }),
  ...inert('status'),
});
