import { z } from 'zod';
import { ignoredFields, list, object, unsupportedFields, unique } from '../schema/containers.js';
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

/** The subsets of a host, and the traffic policy of its clients. */
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
    ...unsupportedFields({ workloadSelector: 'a rule applies to all clients that it is visible to' }),
  }),
  ...ignoredFields('status'),
});
