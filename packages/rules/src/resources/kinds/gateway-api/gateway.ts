import { z } from 'zod';
import { complain, inert, list, object, refused, unique } from '../../schema/containers.js';
import { labelName } from '../../schema/names.js';
import { oneOf } from '../../schema/value.js';
import { ingressPort } from '../gateway.js';
import { metadata } from '../metadata.js';
import { gatewayApiVersion, GATEWAY_API_GROUP, group, hostname, kindName, sectionName } from './common.js';

/** The label that Kubernetes gives every namespace: its name, and all that is known here of a namespace. */
export const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';

const routeNamespaces = object({
  from: oneOf('Same', 'All', 'Selector').default('Same'),
  selector: object({
    matchLabels: object({ [NAMESPACE_LABEL]: labelName.optional() }).default({}),
    ...refused({ matchExpressions: 'a namespace is selected by its name, in matchLabels' }),
  }).optional(),
}).superRefine(({ from, selector }, context) => {
  if (from === 'Selector' && !selector) complain(context, 'from: Selector wants a selector');
});

const NO_CERTIFICATES = 'the gateway of this machine has no certificates';

const listener = object({
  name: sectionName,
  hostname: hostname.optional(),
  port: ingressPort,
  protocol: oneOf('HTTP'),
  ...refused({ tls: NO_CERTIFICATES }),
  allowedRoutes: object({
    namespaces: routeNamespaces.default({ from: 'Same' }),
    kinds: list(object({ group: group.default(GATEWAY_API_GROUP), kind: kindName }))
      .max(8, 'a list of at most 8')
      .default([]),
  }).default({ namespaces: { from: 'Same' }, kinds: [] }),
});

/** What a proxy of its own listens to; here the one ingress gateway stands for all that Istio would start. */
export const kubernetesGateway = object({
  apiVersion: gatewayApiVersion,
  kind: z.literal('Gateway'),
  metadata,
  spec: object({
    gatewayClassName: oneOf('istio'),
    listeners: list(listener, 1)
      .max(64, 'a list of at most 64')
      .superRefine(unique('listener', ({ name }) => name, ['name']))
      .superRefine(
        unique('the same port and hostname', ({ port, hostname: host = '' }) => `${port} ${host}`, ['port']),
      ),
    ...refused({
      allowedListeners: 'there are no ListenerSets here',
      defaultScope: 'there are no default Gateways here',
      tls: NO_CERTIFICATES,
    }),
    ...inert('addresses', 'infrastructure'),
  }),
  ...inert('status'),
});

/** One of the doors of a Gateway. */
export type Listener = z.infer<typeof listener>;
