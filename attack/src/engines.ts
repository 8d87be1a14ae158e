import { EnvoyProxy } from '@bookinfo/envoy';
import { Proxy } from '@bookinfo/proxy';
import { DEFAULT_RETRY_POLICY, type Endpoint, type RouteTable } from '@bookinfo/routing';
import { tableOf } from '@bookinfo/routing/testing';

/** A proxy under attack. */
export interface Engine extends AsyncDisposable {
  port: number;
}

/**
 * Starts a gateway that forwards everything for the host reviews to the backend, without retries.
 *
 * @param maxRequestsPerConnection of connections to the backend; default 0, for no limit
 */
export function startEngine(
  name: EngineName,
  backend: Endpoint,
  maxRequestsPerConnection = 0,
): Promise<Engine> {
  const table = tableOf({
    endpoints: [backend],
    cluster: { maxRequestsPerConnection },
    unmatchedHost: 'not-found',
    action: { retryPolicy: { ...DEFAULT_RETRY_POLICY, numRetries: 0 } },
  });
  return START[name](table);
}

const START = {
  embedded: (table: RouteTable): Promise<Engine> => Proxy.start({ role: 'gateway', table }),
  envoy: (table: RouteTable): Promise<Engine> =>
    EnvoyProxy.start({ role: 'gateway', table, executable: process.env['ENVOY_PATH'] ?? 'envoy' }),
};

export type EngineName = keyof typeof START;
