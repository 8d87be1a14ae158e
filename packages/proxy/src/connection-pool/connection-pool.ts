import type { Socket } from 'node:net';
import type { Clock } from '@bookinfo/effects';
import type { Cluster, Endpoint, RouteTable } from '@bookinfo/routing';
import { ClusterResources } from './cluster-resources.js';
import { HostPool, type PoolContext } from './host-pool.js';
import type { UpstreamConnection } from './upstream-connection.js';

/** The connections of one proxy, by cluster and endpoint, within the limits of each cluster. */
export class ConnectionPool {
  readonly #hosts = new Map<string, HostPool>();
  readonly #resources = new Map<string, ClusterResources>();
  readonly #closing = new AbortController();
  readonly #context: PoolContext;

  /** `onConnect` is told of every connection that is made. */
  constructor(clock: Clock, onConnect: (socket: Socket) => void) {
    this.#context = { clock, onConnect, closing: this.#closing.signal };
  }

  /** A connection for one request to the host `authority`; see HostPool. */
  acquire(
    cluster: Cluster,
    endpoint: Endpoint,
    authority: string,
    signal: AbortSignal,
  ): Promise<UpstreamConnection> {
    // In the clear a connection is good for every host.
    const serverName = cluster.tls ? new URL(`https://${authority}`).hostname : '';
    const tls = cluster.tls ? `${JSON.stringify(cluster.tls)} ${serverName}` : '';
    const key = `${cluster.name} ${endpoint.address}:${endpoint.port} ${tls}`;
    let host = this.#hosts.get(key);
    if (!host) {
      const forget = (): void => void this.#hosts.delete(key);
      host = new HostPool(cluster, endpoint, serverName, this.resourcesOf(cluster), this.#context, forget);
      this.#hosts.set(key, host);
    }
    return host.acquire(cluster, signal);
  }

  /** What is under way at the cluster. */
  resourcesOf({ name }: Cluster): ClusterResources {
    let resources = this.#resources.get(name);
    if (!resources) this.#resources.set(name, (resources = new ClusterResources()));
    return resources;
  }

  /**
   * Forgets clusters that are gone, once nothing is under way there, and closes the connections to endpoints that are
   * gone once they are free, as Envoy does: Node's server, told to end, waits for a connection that was never used.
   */
  retain({ clusters }: RouteTable): void {
    for (const host of this.#hosts.values())
      host.setEndpoints(clusters.get(host.clusterName)?.endpoints ?? []);
    for (const [name, resources] of this.#resources)
      if (!clusters.has(name) && resources.isUnused) this.#resources.delete(name);
  }

  /** Closes all connections, those in use too. */
  destroy(): void {
    this.#closing.abort(new Error('the proxy is closed'));
    for (const host of this.#hosts.values()) host.destroy();
  }
}
