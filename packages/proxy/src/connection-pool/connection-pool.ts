import type { Socket } from 'node:net';
import type { Clock } from '@bookinfo/effects';
import { endpointKey, UpstreamReset, type Cluster, type Endpoint, type RouteTable } from '@bookinfo/routing';
import { ClusterResources } from './cluster-resources.js';
import { connect } from './connect.js';
import { HostPool, type PoolContext } from './host-pool.js';
import type { UpstreamConnection } from './upstream-connection.js';

/** How long the kernel may take to close the sockets of a program that has ended, on a busy machine. */
const ENDING_MS = 250;

/** The connections of one proxy, by cluster and endpoint, within the limits of each cluster. */
export class ConnectionPool {
  readonly #hosts = new Map<string, HostPool>();
  readonly #resources = new Map<string, ClusterResources>();
  readonly #closing = new AbortController();
  readonly #context: PoolContext;

  /** `onConnect` is called with every new connection. */
  constructor(clock: Clock, onConnect: (socket: Socket) => void) {
    this.#context = { clock, onConnect, closing: this.#closing.signal };
  }

  /**
   * Returns a connection for one request to the host `authority`.
   *
   * @throws {Error} as HostPool.acquire.
   */
  acquire(
    cluster: Cluster,
    endpoint: Endpoint,
    authority: string,
    signal: AbortSignal,
  ): Promise<UpstreamConnection> {
    // Without TLS a connection serves every host.
    const serverName = cluster.tls ? new URL(`https://${authority}`).hostname : '';
    const tls = cluster.tls ? `${JSON.stringify(cluster.tls)} ${serverName}` : '';
    const key = `${cluster.name} ${endpointKey(endpoint)} ${tls}`;
    let host = this.#hosts.get(key);
    if (!host) {
      const onEmpty = (): void => void this.#hosts.delete(key);
      host = new HostPool(cluster, endpoint, serverName, this.resourcesOf(cluster), this.#context, onEmpty);
      this.#hosts.set(key, host);
    }
    return host.acquire(cluster, signal);
  }

  /**
   * Connects to the endpoint and keeps the connection for a moment; returns false when it is refused or broken. The kernel closes
   * the sockets of a program that has ended one after the other, and that which listens may be the last.
   */
  async isListening(cluster: Cluster, endpoint: Endpoint): Promise<boolean> {
    const { clock, closing } = this.#context;
    try {
      return await staysOpen(await connect(endpoint, cluster, undefined, clock, closing), clock);
    } catch (error) {
      return !(error instanceof UpstreamReset && error.reason === 'remote connection failure');
    }
  }

  /** Returns the counts of the resources in use at the cluster. */
  resourcesOf({ name }: Cluster): ClusterResources {
    let resources = this.#resources.get(name);
    if (!resources) this.#resources.set(name, (resources = new ClusterResources()));
    return resources;
  }

  /**
   * Removes clusters that are gone, once nothing is under way there, and closes the connections to endpoints that are
   * gone once they are free, as Envoy does: a Node server that is closing waits for connections that were never used.
   */
  retain({ clusters }: RouteTable): void {
    for (const host of this.#hosts.values())
      host.setEndpoints(clusters.get(host.clusterName)?.endpoints ?? []);
    for (const [name, resources] of this.#resources)
      if (!clusters.has(name) && resources.isUnused) this.#resources.delete(name);
  }

  /** Closes all connections, those in use as well. */
  destroy(): void {
    this.#closing.abort(new Error('the proxy is closed'));
    for (const host of this.#hosts.values()) host.destroy();
  }
}

/** Returns false when the other side ends the connection within ENDING_MS; closes it. */
function staysOpen(socket: Socket, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isOpen: boolean): void => {
      cancel();
      socket.destroy();
      resolve(isOpen);
    };
    const cancel = clock.after(ENDING_MS, () => settle(true));
    socket
      .on('error', () => undefined)
      .once('end', () => settle(false))
      .once('close', () => settle(false))
      .resume();
  });
}
