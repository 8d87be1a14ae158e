import { z } from 'zod';
import { inert, list, object } from '../../schema/containers.js';
import { labelName, objectName } from '../../schema/names.js';
import { metadata } from '../metadata.js';
import { gatewayApiVersion, group, kindName } from './common.js';

/** Lets routes of other namespaces send to Services of its own. */
export const referenceGrant = object({
  apiVersion: gatewayApiVersion,
  kind: z.literal('ReferenceGrant'),
  metadata,
  spec: object({
    from: list(object({ group, kind: kindName, namespace: labelName }), 1).max(16, 'a list of at most 16'),
    to: list(object({ group, kind: kindName, name: objectName.optional() }), 1).max(
      16,
      'a list of at most 16',
    ),
  }),
  ...inert('status'),
});
