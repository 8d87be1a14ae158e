import { z } from 'zod';
import {
  addIssue,
  ignoredFields,
  list,
  object,
  passedOverFields,
  unsupportedFields,
} from '../schema/containers.js';
import { importedHost } from '../schema/names.js';
import { oneOf, value } from '../schema/value.js';
import { labels, metadata } from './metadata.js';
import { networkingApiVersion } from './networking.js';

const ONE_LISTENER = 'the hosts of egress are imported for all ports alike';

const egressListener = object({
  hosts: list(importedHost, 1),
  captureMode: value<'DEFAULT' | 'IPTABLES'>(
    (input) => input === 'DEFAULT' || input === 'IPTABLES',
    'DEFAULT or IPTABLES (the requests of a workload always go through its sidecar here)',
  ).optional(),
  ...unsupportedFields({ port: ONE_LISTENER, bind: ONE_LISTENER }),
});

/** What the sidecars of a namespace, or of the workloads that the selector matches, have of the mesh. */
export const sidecar = object({
  apiVersion: networkingApiVersion,
  kind: z.literal('Sidecar'),
  metadata,
  spec: object({
    workloadSelector: object({ labels: labels.default({}) }).optional(),
    egress: list(egressListener).default([]),
    // An absent mode is the first of the enumeration (istio/api networking/v1alpha3/sidecar.proto, OutboundTrafficPolicy).
    outboundTrafficPolicy: object({
      mode: oneOf('REGISTRY_ONLY', 'ALLOW_ANY').default('REGISTRY_ONLY'),
      ...unsupportedFields({ egressProxy: 'unknown hosts are called directly' }),
    }).optional(),
    ...passedOverFields(
      {
        ingress: 'requests reach its workloads at the ports of their Services here',
        inboundConnectionPool: 'connections of other workloads to its workloads have no limits here',
      },
      'warning',
    ),
  }).superRefine((spec, context) => {
    // istio/istio pkg/config/validation/validation.go, ValidateSidecar.
    const { egress, ingress, outboundTrafficPolicy, inboundConnectionPool } = spec;
    if (egress.length === 0 && !outboundTrafficPolicy && !ingress && !inboundConnectionPool)
      addIssue(context, 'one of egress, ingress, outboundTrafficPolicy and inboundConnectionPool is needed');
    if (egress.length > 1) addIssue(context, 'only one entry without a port is allowed', ['egress', 1]);
  }),
  ...ignoredFields('status'),
});
