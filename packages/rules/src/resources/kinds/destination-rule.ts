import { z } from 'zod';
import { addIssue, ignoredFields, list, object, unique } from '../schema/containers.js';
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
    workloadSelector: object({ matchLabels: labels.default({}) }).optional(),
  }),
  ...ignoredFields('status'),
}).superRefine(({ metadata: { namespace }, spec }, context) => {
  const isPrivate = spec.exportTo.every((entry) => entry === '.' || entry === namespace);
  if (spec.workloadSelector && !isPrivate)
    addIssue(context, 'a rule with a workloadSelector is for its own namespace only', ['spec', 'exportTo']);
});
