import { z } from 'zod';
import {
  addIssue,
  entryUnless,
  ignoredFields,
  list,
  object,
  passedOverFields,
  present,
  unique,
  unsupportedFields,
} from '../../schema/containers.js';
import { labelName, objectName } from '../../schema/names.js';
import { oneOf, portNumber } from '../../schema/value.js';
import { labelSelector } from '../label-selector.js';
import { metadata } from '../metadata.js';
import { gatewayApiVersion, GATEWAY_API_GROUP, group, hostname, kindName, sectionName } from './common.js';

const routeNamespaces = object({
  from: oneOf('Same', 'All', 'Selector').default('Same'),
  selector: labelSelector.optional(),
}).superRefine(({ from, selector }, context) => {
  if (from === 'Selector' && !selector) addIssue(context, 'from: Selector needs a selector');
});

const certificateReference = object({
  group: group.default(''),
  kind: kindName.default('Secret'),
  namespace: labelName.optional(),
  name: objectName,
});

const listenerTls = object({
  mode: oneOf('Terminate').default('Terminate'),
  certificateRefs: list(certificateReference).max(1, 'a list of one Secret').default([]),
  ...passedOverFields({ options: 'they are for other settings of TLS' }, 'warning'),
});

const listener = object({
  name: sectionName,
  hostname: hostname.optional(),
  port: portNumber,
  protocol: oneOf('HTTP', 'HTTPS'),
  tls: listenerTls.optional(),
  allowedRoutes: object({
    namespaces: routeNamespaces.default({ from: 'Same' }),
    kinds: list(object({ group: group.default(GATEWAY_API_GROUP), kind: kindName }))
      .max(8, 'a list of at most 8')
      .default([]),
  }).default({ namespaces: { from: 'Same' }, kinds: [] }),
}).superRefine(({ protocol, tls }, context) => {
  if (protocol === 'HTTP' && tls) addIssue(context, 'it needs the protocol HTTPS', ['tls']);
});

/** Returns true for a listener whose traffic the gateway does not read as HTTP. */
function isNotHttp(input: unknown): boolean {
  const { protocol } = (input ?? {}) as { protocol?: unknown };
  return ['TLS', 'TCP', 'UDP'].some((each) => each === protocol);
}

/** The listeners of a proxy of its own. */
export const kubernetesGateway = object({
  apiVersion: gatewayApiVersion,
  kind: z.literal('Gateway'),
  metadata,
  spec: object({
    gatewayClassName: oneOf('istio'),
    listeners: list(entryUnless(listener, isNotHttp, 'only listeners of HTTP and HTTPS are implemented'), 1)
      .max(64, 'a list of at most 64')
      .superRefine(unique('listener', (entry) => entry?.name, ['name']))
      .superRefine(
        unique('the port and hostname', (entry) => entry && `${entry.port} ${entry.hostname ?? ''}`, [
          'port',
        ]),
      )
      .transform(present),
    ...unsupportedFields({
      allowedListeners: 'ListenerSets are not supported',
      defaultScope: 'there are no default Gateways',
      tls: 'certificates of clients are not verified',
    }),
    ...ignoredFields('addresses', 'infrastructure'),
  }),
  ...ignoredFields('status'),
});

/** A listener of a Gateway. */
export type Listener = z.infer<typeof kubernetesGateway>['spec']['listeners'][number];
