import { z } from 'zod';
import { ignoredFields, object } from '../schema/containers.js';
import { labelName } from '../schema/names.js';
import { oneOf } from '../schema/value.js';
import { metadata } from './metadata.js';

/**
 * The labels of a namespace, which exists without it too. It is in no namespace, whatever its metadata has; its own name
 * there, and an empty spec, give all resources one shape.
 */
export const namespace = object({
  apiVersion: oneOf('v1'),
  kind: z.literal('Namespace'),
  metadata: metadata.extend({ name: labelName, ...ignoredFields('namespace') }),
  ...ignoredFields('spec', 'status'),
}).transform((resource) => ({
  ...resource,
  metadata: { ...resource.metadata, namespace: resource.metadata.name },
  spec: {},
}));
