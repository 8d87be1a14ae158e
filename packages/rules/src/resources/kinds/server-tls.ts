import type { z } from 'zod';
import { addIssue, object, passedOverFields, unsupportedFields } from '../schema/containers.js';
import { boolean, oneOf, text } from '../schema/value.js';

const ONE_CERTIFICATE = 'a server has one certificate';
const NO_CLIENT_CERTIFICATES = 'certificates of clients are not verified';

/** Modes in which the gateway asks clients for certificates. */
const MUTUAL = ['MUTUAL', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'] as const;
const PASSTHROUGH = ['PASSTHROUGH', 'AUTO_PASSTHROUGH'] as const;

/** Returns true for TLS that does not end at the gateway; that is the default. */
export function passesThrough(tls: unknown): boolean {
  const { mode = 'PASSTHROUGH' } = (tls ?? {}) as { mode?: unknown };
  return PASSTHROUGH.some((each) => each === mode);
}

/** TLS of a Gateway's server: in plain text the redirect to https, else the mode SIMPLE with its certificate. */
export const serverTls = object({
  httpsRedirect: boolean.optional(),
  mode: oneOf('SIMPLE', ...PASSTHROUGH, ...MUTUAL).optional(),
  credentialName: text.optional(),
  serverCertificate: text.optional(),
  privateKey: text.optional(),
  ...passedOverFields({
    minProtocolVersion: 'clients have TLS 1.2 or 1.3',
    maxProtocolVersion: 'clients have TLS 1.2 or 1.3',
    cipherSuites: 'the ciphers are those of the proxy',
  }),
  ...unsupportedFields({
    credentialNames: ONE_CERTIFICATE,
    tlsCertificates: ONE_CERTIFICATE,
    caCertificates: NO_CLIENT_CERTIFICATES,
    caCertCredentialName: NO_CLIENT_CERTIFICATES,
    caCrl: NO_CLIENT_CERTIFICATES,
    subjectAltNames: NO_CLIENT_CERTIFICATES,
    verifyCertificateSpki: NO_CLIENT_CERTIFICATES,
    verifyCertificateHash: NO_CLIENT_CERTIFICATES,
  }),
}).superRefine(({ mode, credentialName, serverCertificate, privateKey }, context) => {
  if (MUTUAL.some((each) => each === mode))
    addIssue(context, `${mode} is not supported (${NO_CLIENT_CERTIFICATES}; SIMPLE is)`, ['mode']);
  // Istio: validateTLSOptions.
  const hasFiles = serverCertificate !== undefined && privateKey !== undefined;
  if (mode === 'SIMPLE' && credentialName === undefined && !hasFiles)
    addIssue(context, 'SIMPLE needs a credentialName, or a serverCertificate and a privateKey');
});

/** TLS of a Gateway's server. */
export type ServerTLSSettings = z.infer<typeof serverTls>;
