import { z } from 'zod';
import { inert, list, object, unique } from '../schema/containers.js';
import { gatewayHost } from '../schema/names.js';
import { oneOf, text, value } from '../schema/value.js';
import { labels, metadata } from './metadata.js';
import { networkingApiVersion } from './networking.js';

/** In Istio's default ingress gateway 80 is the Service's port and 8080 the pod's: one listener, so one here too. */
export const ingressPort = value<80 | 8080>(
  (input) => input === 80 || input === 8080,
  '80 or 8080 (the ingress gateway has one listener, and other ports are not supported yet)',
);

const server = object({
  name: text.optional(),
  port: object({ number: ingressPort, name: text, protocol: oneOf('HTTP') }),
  hosts: list(gatewayHost, 1),
});

/** What the proxies that the selector finds listen to. */
export const gateway = object({
  apiVersion: networkingApiVersion,
  kind: z.literal('Gateway'),
  metadata,
  spec: object({
    selector: labels,
    servers: list(server, 1).superRefine(unique('port name', (entry) => entry.port.name, ['port', 'name'])),
  }),
  ...inert('status'),
});
