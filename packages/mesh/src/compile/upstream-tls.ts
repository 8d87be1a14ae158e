import type { ClientTLSSettings } from '../resources/kinds/client-tls.js';
import type { TlsOrigination } from './cluster.js';

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
