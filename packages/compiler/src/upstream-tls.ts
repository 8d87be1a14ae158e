import type { ClientTLSSettings } from '@bookinfo/rules';
import type { TlsOrigination } from '@bookinfo/routing';

/** What the proxy does itself; undefined where the backend is called in the clear. */
export function compileUpstreamTls({
  mode,
  sni,
  subjectAltNames = [],
  insecureSkipVerify = false,
}: ClientTLSSettings): TlsOrigination | undefined {
  if (mode !== 'SIMPLE') return undefined;
  return { ...(sni !== undefined && { sni }), subjectAltNames, insecureSkipVerify };
}
