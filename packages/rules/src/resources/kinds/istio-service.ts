import { z } from 'zod';
import { complain, object } from '../schema/containers.js';
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
    complain(context, 'service is a full name: it excludes name, namespace and domain');
});

/**
 * A service, by `name` (in the rule's own namespace unless `namespace` is given) or by its full name, `service`. Istio 0.1
 * wrote the full name alone: `destination: reviews.default.svc.cluster.local`.
 */
export const istioService = z.preprocess(
  (input) => (typeof input === 'string' ? { service: input } : input),
  fields.superRefine(({ name, service }, context) => {
    if (name === undefined && service === undefined) complain(context, 'name or service is needed');
  }),
);

/** Who calls: a service, or with `labels` alone whoever has them. */
export const sourceService = fields;

/** A service as the kinds of 2017 name it. */
export type IstioService = z.infer<typeof fields>;
