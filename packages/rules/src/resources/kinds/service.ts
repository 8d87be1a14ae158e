import { z } from 'zod';
import {
  entryUnless,
  ignoredFields,
  list,
  object,
  present,
  unique,
  unsupportedFields,
} from '../schema/containers.js';
import { labelName } from '../schema/names.js';
import { oneOf, portNumber, text } from '../schema/value.js';
import { labels, metadata } from './metadata.js';

const port = object({
  name: labelName.optional(),
  port: portNumber,
  targetPort: portNumber.optional(),
  protocol: oneOf('TCP').optional(),
  appProtocol: text.optional(),
  ...ignoredFields('nodePort'),
});

function isNotTcp(input: unknown): boolean {
  const { protocol } = (input ?? {}) as { protocol?: unknown };
  return protocol === 'UDP' || protocol === 'SCTP';
}

/** A name and ports for the pods that the selector matches. */
export const service = object({
  apiVersion: oneOf('v1'),
  kind: z.literal('Service'),
  metadata: metadata.extend({ name: labelName }),
  spec: object({
    selector: labels.optional(),
    ports: list(entryUnless(port, isNotTcp, 'only TCP is forwarded'), 1)
      .superRefine(unique('port', (entry) => entry && String(entry.port), ['port']))
      .transform(present),
    type: oneOf('ClusterIP', 'LoadBalancer', 'NodePort').optional(),
    ...unsupportedFields({
      externalName: 'a Service is a name for pods; use a ServiceEntry for other hosts',
      externalIPs: 'Services have no addresses',
      publishNotReadyAddresses: 'pods that are not ready get no requests',
    }),
    ...ignoredFields(
      'allocateLoadBalancerNodePorts',
      'clusterIP',
      'clusterIPs',
      'externalTrafficPolicy',
      'healthCheckNodePort',
      'internalTrafficPolicy',
      'ipFamilies',
      'ipFamilyPolicy',
      'loadBalancerClass',
      'loadBalancerIP',
      'loadBalancerSourceRanges',
      'sessionAffinity',
      'sessionAffinityConfig',
      'trafficDistribution',
    ),
  }),
  ...ignoredFields('status'),
});
