import { z } from 'zod';
import { ignoredFields, list, object, unsupportedFields, unique } from '../schema/containers.js';
import { wildcardHost } from '../schema/names.js';
import { oneOf, portNumber, value } from '../schema/value.js';
import { configApiVersion } from './config-istio.js';
import { metadata } from './metadata.js';

/** A host outside the mesh, of Istio 0.2 (istio/api 0.2.7, proxy/v1/config/egress_rule.proto). */
export const egressRule = object({
  apiVersion: configApiVersion,
  kind: z.literal('EgressRule'),
  metadata,
  spec: object({
    destination: object({
      service: wildcardHost.refine((name) => name !== '*', 'a host name or *.domain'),
      ...unsupportedFields({
        name: 'an external host is named by service',
        namespace: 'an external host is named by service',
        domain: 'an external host is named by service',
        labels: 'an external host has no labels',
      }),
    }),
    ports: list(object({ port: portNumber, protocol: oneOf('http') }), 1).superRefine(
      unique('port', ({ port }) => String(port), ['port']),
    ),
    useEgressProxy: value<false>(
      (input) => input === false,
      'false (Istio never implemented true)',
    ).optional(),
  }),
  ...ignoredFields('status'),
});
