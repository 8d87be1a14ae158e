import { z } from 'zod';
import { ignoredFields, list, object } from '../../schema/containers.js';
import { labelName, objectName } from '../../schema/names.js';
import { metadata } from '../metadata.js';
import { gatewayApiVersion, group, kindName } from './common.js';

/** Allows routes of other namespaces to refer to Services of the namespace of the grant. */
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
  ...ignoredFields('status'),
});
