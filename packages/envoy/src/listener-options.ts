import type { ProxyRole, TlsServer } from '@bookinfo/routing';
import type { EnvoyTracing } from './tracing.js';

/** Settings of a proxy's listener. */
export interface ListenerOptions {
  /** A gateway sends the client's address and scheme to backends (x-forwarded-for, x-forwarded-proto). */
  role: ProxyRole;
  /** The port of the table that a gateway serves. A sidecar serves them all. */
  listenerPort: number;
  /** The servers of a listener of HTTPS. Default: it is one of HTTP. */
  tls?: readonly TlsServer[] | undefined;
  address: string;
  /** 0: any free port. */
  port: number;
  /** Logs each request on standard output, in Istio's format. */
  hasAccessLog: boolean;
  /** Default: it reports no spans. */
  tracing?: EnvoyTracing;
}
