import { z } from 'zod';
import { inert, list, object, refused, unique } from '../schema/containers.js';
import { gatewayHost } from '../schema/names.js';
import { boolean, text, value } from '../schema/value.js';
import { labels, metadata } from './metadata.js';
import { networkingApiVersion } from './networking.js';

/** In Istio's default ingress gateway 80 is the Service's port and 8080 the pod's: one listener, so one here too. */
export const ingressPort = value<80 | 8080>(
  (input) => input === 80 || input === 8080,
  '80 or 8080 (the ingress gateway has one listener, and these are its two names)',
);

const NO_TLS = 'TLS is not terminated here';

const server = object({
  name: text.optional(),
  port: object({
    number: ingressPort,
    name: text,
    protocol: value<'HTTP'>(
      (input) => input === 'HTTP',
      'HTTP (the only protocol here: TLS is not terminated, and TCP is not routed)',
    ),
    ...refused({ targetPort: 'the ingress gateway has one listener' }),
  }),
  hosts: list(gatewayHost, 1),
  tls: object({
    httpsRedirect: boolean.optional(),
    ...refused({
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
  ...refused({
    bind: 'the gateway listens to 127.0.0.1',
    defaultEndpoint: 'Istio does not implement it',
  }),
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
