import { z } from 'zod';
import { inert, object } from '../schema/containers.js';
import { oneOf } from '../schema/value.js';
import { metadata } from './metadata.js';

/** Who a workload is; it has no spec of its own and gets an empty one, so that all resources look alike. */
export const serviceAccount = object({
  apiVersion: oneOf('v1'),
  kind: z.literal('ServiceAccount'),
  metadata,
  ...inert('automountServiceAccountToken', 'imagePullSecrets', 'secrets'),
}).transform((account) => ({ ...account, spec: {} }));
