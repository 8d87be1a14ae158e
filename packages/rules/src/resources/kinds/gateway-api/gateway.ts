import { z } from 'zod';
import {
  addIssue,
  entryUnless,
  ignoredFields,
  list,
  object,
  present,
  unique,
  unsupportedFields,
} from '../../schema/containers.js';
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

const NO_CERTIFICATES = 'the gateway has no certificates';

const listener = object({
  name: sectionName,
  hostname: hostname.optional(),
  port: portNumber,
  protocol: oneOf('HTTP'),
  ...unsupportedFields({ tls: NO_CERTIFICATES }),
  allowedRoutes: object({
    namespaces: routeNamespaces.default({ from: 'Same' }),
    kinds: list(object({ group: group.default(GATEWAY_API_GROUP), kind: kindName }))
      .max(8, 'a list of at most 8')
      .default([]),
  }).default({ namespaces: { from: 'Same' }, kinds: [] }),
});

/** Returns true for a listener whose traffic is not HTTP in plain text. */
function isNotHttp(input: unknown): boolean {
  const { protocol } = (input ?? {}) as { protocol?: unknown };
  return ['HTTPS', 'TLS', 'TCP', 'UDP'].some((each) => each === protocol);
}

/** The listeners of a proxy of its own. */
export const kubernetesGateway = object({
  apiVersion: gatewayApiVersion,
  kind: z.literal('Gateway'),
  metadata,
  spec: object({
    gatewayClassName: oneOf('istio'),
    listeners: list(
      entryUnless(listener, isNotHttp, 'only listeners of HTTP in plain text are implemented'),
      1,
    )
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
      tls: NO_CERTIFICATES,
    }),
    ...ignoredFields('addresses', 'infrastructure'),
  }),
  ...ignoredFields('status'),
});

/** A listener of a Gateway. */
export type Listener = z.infer<typeof listener>;
