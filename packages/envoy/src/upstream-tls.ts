import { rootCertificates } from 'node:tls';
import type { TlsOrigination } from '@bookinfo/routing';
import { extension, type EnvoyMessage } from './protobuf-json.js';

/**
 * TLS origination to a backend (envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext). Trusts the certificate
 * authorities of Node, as the embedded proxy does.
 */
export function upstreamTls({ sni, subjectAltNames, insecureSkipVerify }: TlsOrigination): EnvoyMessage {
  const validationContext = {
    trusted_ca: { inline_string: rootCertificates.join('\n') },
    match_typed_subject_alt_names: subjectAltNames.map((exact) => ({ san_type: 'DNS', matcher: { exact } })),
  };
  return extension(
    'envoy.transport_sockets.tls',
    'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
    {
      sni,
      common_tls_context: insecureSkipVerify ? {} : { validation_context: validationContext },
    },
  );
}
