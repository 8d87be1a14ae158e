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
import { gatewayHost } from '../schema/names.js';
import { boolean, portNumber, text, value } from '../schema/value.js';
import { labels, metadata } from './metadata.js';
import { networkingApiVersion } from './networking.js';

const NO_TLS = 'TLS is not terminated';

/** Clients of a gateway speak HTTP/1.1 here, whatever the protocol of the server. */
const HTTP_PROTOCOLS = ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB'];
const OTHER_PROTOCOLS = ['HTTPS', 'TLS', 'TCP', 'MONGO', 'MYSQL', 'REDIS'];

const isOneOf = (protocols: readonly string[], input: unknown): boolean =>
  typeof input === 'string' && protocols.includes(input.toUpperCase());
const isHttp = (input: unknown): boolean => isOneOf(HTTP_PROTOCOLS, input);

/** Returns true for a server whose traffic is not HTTP in plain text. */
function isNotHttp(input: unknown): boolean {
  const { port } = (input ?? {}) as { port?: { protocol?: unknown } };
  return isOneOf(OTHER_PROTOCOLS, port?.protocol);
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
  tls: object({
    httpsRedirect: boolean.optional(),
    ...unsupportedFields({
      mode: NO_TLS,
      credentialName: NO_TLS,
      credentialNames: NO_TLS,
      serverCertificate: NO_TLS,
      privateKey: NO_TLS,
      caCertificates: NO_TLS,
      caCertCredentialName: NO_TLS,
      caCrl: NO_TLS,
      tlsCertificates: NO_TLS,
      subjectAltNames: NO_TLS,
      verifyCertificateSpki: NO_TLS,
      verifyCertificateHash: NO_TLS,
      minProtocolVersion: NO_TLS,
      maxProtocolVersion: NO_TLS,
      cipherSuites: NO_TLS,
    }),
  }).optional(),
  ...unsupportedFields({
    bind: 'the gateway listens to 127.0.0.1',
    defaultEndpoint: 'Istio does not implement it',
  }),
});

/** The servers of the proxies that the selector matches. */
export const gateway = object({
  apiVersion: networkingApiVersion,
  kind: z.literal('Gateway'),
  metadata,
  spec: object({
    selector: labels,
    servers: list(entryUnless(server, isNotHttp, 'only servers of HTTP in plain text are implemented'), 1)
      .superRefine(unique('port name', (entry) => entry?.port.name, ['port', 'name']))
      .transform(present),
  }),
  ...ignoredFields('status'),
});
