import { z } from 'zod';
import { ignoredFields, object } from '../schema/containers.js';
import { oneOf } from '../schema/value.js';
import { metadata } from './metadata.js';

/** The identity of a workload. Its spec, which is always empty, gives all resources one shape. */
export const serviceAccount = object({
  apiVersion: oneOf('v1'),
  kind: z.literal('ServiceAccount'),
  metadata,
  ...ignoredFields('automountServiceAccountToken', 'imagePullSecrets', 'secrets'),
}).transform((account) => ({ ...account, spec: {} }));
