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
} from '../schema/containers.js';
import { gatewayHost } from '../schema/names.js';
import { portNumber, text, value } from '../schema/value.js';
import { labels, metadata } from './metadata.js';
import { networkingApiVersion } from './networking.js';
import { passesThrough, serverTls } from './server-tls.js';

/** Clients of a gateway speak HTTP/1.1 here, whatever the protocol of the server. */
const HTTP_PROTOCOLS = ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTPS'];
const OTHER_PROTOCOLS = ['TLS', 'TCP', 'MONGO', 'MYSQL', 'REDIS'];

const isOneOf = (protocols: readonly string[], input: unknown): boolean =>
  typeof input === 'string' && protocols.includes(input.toUpperCase());
const isHttp = (input: unknown): boolean => isOneOf(HTTP_PROTOCOLS, input);
const isHttps = (input: unknown): boolean => isOneOf(['HTTPS'], input);

/** Returns true for a server whose traffic the gateway does not read as HTTP. */
function isNotHttp(input: unknown): boolean {
  const { port, tls } = (input ?? {}) as { port?: { protocol?: unknown }; tls?: unknown };
  const protocol = port?.protocol;
  return isOneOf(OTHER_PROTOCOLS, protocol) || (isHttps(protocol) && tls !== undefined && passesThrough(tls));
}

const server = object({
  name: text.optional(),
  port: object({
    number: portNumber,
    name: text,
    protocol: value<string>(isHttp, `one of ${HTTP_PROTOCOLS.join(', ')}`),
    ...unsupportedFields({ targetPort: 'a listener has the port of its server' }),
  }),
  hosts: list(gatewayHost, 1),
  tls: serverTls.optional(),
  ...unsupportedFields({
    bind: 'the gateway listens to 127.0.0.1',
    defaultEndpoint: 'Istio does not implement it',
  }),
}).superRefine(({ port, tls }, context) => {
  // Istio: validateServer.
  if (isHttps(port.protocol)) {
    if (!tls) addIssue(context, 'a server of HTTPS needs tls, with mode: SIMPLE and a credentialName');
  } else if (tls && !passesThrough(tls))
    addIssue(context, `it needs the protocol HTTPS (this server has ${port.protocol})`, ['tls', 'mode']);
});

/** The servers of the proxies that the selector matches. */
export const gateway = object({
  apiVersion: networkingApiVersion,
  kind: z.literal('Gateway'),
  metadata,
  spec: object({
    selector: labels,
    servers: list(
      entryUnless(
        server,
        isNotHttp,
        'only servers of HTTP, and of HTTPS that ends at the gateway, are implemented',
      ),
      1,
    )
      .superRefine(unique('port name', (entry) => entry?.port.name, ['port', 'name']))
      .transform(present),
  }),
  ...ignoredFields('status'),
});
