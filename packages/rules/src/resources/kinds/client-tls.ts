import type { z } from 'zod';
import { addIssue, list, object, unsupportedFields } from '../schema/containers.js';
import { host } from '../schema/names.js';
import { boolean, oneOf, text } from '../schema/value.js';

/** Fields for the mode SIMPLE. The value `system` of `caCertificates` is the default: the authorities that Node trusts. */
const ONLY_SIMPLE = ['sni', 'subjectAltNames', 'insecureSkipVerify', 'caCertificates'] as const;

const NO_CERTIFICATE = 'clients have no certificates';

/**
 * TLS of the clients of a host. ISTIO_MUTUAL, which sidecars use among themselves, is plain text here: backends have no
 * sidecar that could end it, and no rule depends on it.
 */
export const clientTls = object({
  mode: oneOf('DISABLE', 'SIMPLE', 'ISTIO_MUTUAL'),
  sni: host.optional(),
  subjectAltNames: list(text).optional(),
  insecureSkipVerify: boolean.optional(),
  caCertificates: oneOf('system').optional(),
  ...unsupportedFields({
    caCrl: 'revocation lists are not read',
    clientCertificate: NO_CERTIFICATE,
    credentialName: NO_CERTIFICATE,
    privateKey: NO_CERTIFICATE,
  }),
}).superRefine((tls, context) => {
  if (tls.mode === 'SIMPLE') return;
  for (const field of ONLY_SIMPLE)
    if (tls[field] !== undefined) addIssue(context, 'it needs the mode SIMPLE', [field]);
});

/** TLS of the clients of a host. */
export type ClientTLSSettings = z.infer<typeof clientTls>;
