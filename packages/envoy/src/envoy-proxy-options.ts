import { LOOPBACK, type Clock } from '@bookinfo/effects';
import { DEFAULT_PORTS, type ProxyRole, type RouteTable, type TlsServer } from '@bookinfo/routing';
import type { ListenerOptions } from './listener-options.js';
import type { EnvoyTracing } from './tracing.js';

export interface EnvoyProxyOptions {
  /** A gateway sends the client's address and scheme to backends (x-forwarded-for, x-forwarded-proto). */
  role: ProxyRole;
  table: RouteTable;
  /** The port of the table that a gateway serves. Default 80. A sidecar serves them all. */
  listenerPort?: number;
  /** The servers of a listener of HTTPS. Default: the listener is one of HTTP. */
  tls?: readonly TlsServer[];
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Path of the executable; default `envoy` on the PATH. */
  executable?: string;
  /** Is called with each line of the access log, in Istio's default format. Without it none is written. */
  onAccessLog?: (line: string) => void;
  /** Default: it reports no spans. */
  tracing?: EnvoyTracing;
  /** Default: the system's clock. */
  clock?: Clock;
}

/** Returns the settings of the listener of an Envoy with these options. */
export function listenerOf(options: EnvoyProxyOptions): ListenerOptions {
  const { role, listenerPort = DEFAULT_PORTS.http, tls, host = LOOPBACK, port = 0 } = options;
  const hasAccessLog = options.onAccessLog !== undefined;
  const { tracing } = options;
  return { role, listenerPort, tls, address: host, port, hasAccessLog, ...(tracing && { tracing }) };
}
