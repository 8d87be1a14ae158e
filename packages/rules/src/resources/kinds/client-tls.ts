import type { z } from 'zod';
import { complain, list, object, refused } from '../schema/containers.js';
import { host } from '../schema/names.js';
import { boolean, oneOf, text } from '../schema/value.js';

/** Of the fields for SIMPLE; `system` are the authorities that Node trusts, which is what nothing means too. */
const ONLY_SIMPLE = ['sni', 'subjectAltNames', 'insecureSkipVerify', 'caCertificates'] as const;

const NO_CERTIFICATE = 'clients have no certificates here';

/**
 * ISTIO_MUTUAL is what sidecars do among themselves. It ends in the sidecar of the backend, of which there is none here: calls
 * of one machine's processes stay in the clear, and no rule of HTTP can tell.
 */
export const clientTls = object({
  mode: oneOf('DISABLE', 'SIMPLE', 'ISTIO_MUTUAL'),
  sni: host.optional(),
  subjectAltNames: list(text).optional(),
  insecureSkipVerify: boolean.optional(),
  caCertificates: oneOf('system').optional(),
  ...refused({
    caCrl: 'revocation lists are not read',
    clientCertificate: NO_CERTIFICATE,
    credentialName: NO_CERTIFICATE,
    privateKey: NO_CERTIFICATE,
  }),
}).superRefine((tls, context) => {
  if (tls.mode === 'SIMPLE') return;
  for (const field of ONLY_SIMPLE)
    if (tls[field] !== undefined) complain(context, 'it needs the mode SIMPLE', [field]);
});

/** Whether a client's proxy speaks TLS to a host. */
export type ClientTLSSettings = z.infer<typeof clientTls>;
