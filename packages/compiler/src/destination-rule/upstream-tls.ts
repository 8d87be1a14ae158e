import type { ClientTLSSettings } from '@bookinfo/rules';
import type { TlsOrigination } from '@bookinfo/routing';

/** Returns the TLS settings that the proxy uses towards the backend; undefined for plain text. */
export function compileUpstreamTls({
  mode,
  sni,
  subjectAltNames = [],
  insecureSkipVerify = false,
}: ClientTLSSettings): TlsOrigination | undefined {
  if (mode !== 'SIMPLE') return undefined;
  return { ...(sni !== undefined && { sni }), subjectAltNames, insecureSkipVerify };
}
