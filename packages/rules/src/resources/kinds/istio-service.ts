import { z } from 'zod';
import { addIssue, object } from '../schema/containers.js';
import { host, labelName } from '../schema/names.js';
import { labels } from './metadata.js';

const fields = object({
  name: labelName.optional(),
  namespace: labelName.optional(),
  domain: host.optional(),
  service: host.optional(),
  labels: labels.default({}),
}).superRefine(({ name, namespace, domain, service }, context) => {
  if (service !== undefined && [name, namespace, domain].some((part) => part !== undefined))
    addIssue(context, 'service is a full name: it excludes name, namespace and domain');
});

/**
 * A service, by `name` (in the namespace of the rule unless `namespace` is present) or by its full name, `service`. In Istio
 * 0.1 it was the full name alone: `destination: reviews.default.svc.cluster.local`.
 */
export const istioService = z.preprocess(
  (input) => (typeof input === 'string' ? { service: input } : input),
  fields.superRefine(({ name, service }, context) => {
    if (name === undefined && service === undefined) addIssue(context, 'name or service is needed');
  }),
);

/** The client: a service, or with `labels` alone every workload that has them. */
export const sourceService = fields;

/** A service, as the kinds of 2017 name it. */
export type IstioService = z.infer<typeof fields>;
