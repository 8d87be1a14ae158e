import type { Socket } from 'node:net';
import type { Clock } from '@bookinfo/effects';
import { endpointKey, Overflow, type Cluster, type Endpoint } from '@bookinfo/routing';
import type { ClusterResources } from './cluster-resources.js';
import { connect } from './connect.js';
import { UpstreamConnection } from './upstream-connection.js';

/** The parts that all pools of a proxy share. */
export interface PoolContext {
  clock: Clock;
  /** Called with every new connection. */
  onConnect: (socket: Socket) => void;
  /** Ends connections that are not established yet. */
  closing: AbortSignal;
}

/** A connection that no request uses. */
interface Idle {
  connection: UpstreamConnection;
  /** The time from which the backend may close it. */
  until: number;
  cancelTimer: (() => void) | undefined;
}

/** A request that waits for a connection. */
interface Waiting {
  resolve: (connection: UpstreamConnection) => void;
  reject: (error: Error) => void;
}

/**
 * The connections of a cluster to one of its endpoints, each for one request at a time, and the requests that wait for
 * one, in the order of their arrival (Envoy: source/common/conn_pool/conn_pool_base.cc).
 */
export class HostPool {
  #cluster: Cluster;
  readonly #endpoint: Endpoint;
  readonly #serverName: string;
  readonly #resources: ClusterResources;
  readonly #context: PoolContext;
  readonly #onEmpty: () => void;
  readonly #idle: Idle[] = [];
  readonly #open = new Set<UpstreamConnection>();
  readonly #busy = new Set<UpstreamConnection>();
  readonly #waiting = new Set<Waiting>();
  #connecting = 0;
  #isDraining = false;

  /** `serverName` is the host for TLS; `onEmpty` is called when the pool has neither connections nor requests. */
  constructor(
    cluster: Cluster,
    endpoint: Endpoint,
    serverName: string,
    resources: ClusterResources,
    context: PoolContext,
    onEmpty: () => void,
  ) {
    this.#cluster = cluster;
    this.#endpoint = endpoint;
    this.#serverName = serverName;
    this.#resources = resources;
    this.#context = context;
    this.#onEmpty = onEmpty;
  }

  /**
   * Returns a connection for one request: the one that was used last, otherwise a new one, or the next one that is free.
   *
   * @throws {UpstreamReset} when there is no connection in time; an Overflow when the cluster's current limits leave no room.
   * @throws {Error} the signal's reason when it is aborted.
   */
  async acquire(cluster: Cluster, signal: AbortSignal): Promise<UpstreamConnection> {
    this.#cluster = cluster;
    const idle = this.#takeIdle();
    if (idle) {
      if (this.#hasRoomForRequest()) return this.#use(idle.connection);
      this.#keep(idle.connection, idle.until);
      throw new Overflow();
    }
    if (!this.#resources.hasRoomFor('pendingRequests', cluster.circuitBreakers)) throw new Overflow();
    return await this.#wait(signal);
  }

  get clusterName(): string {
    return this.#cluster.name;
  }

  /**
   * Updates the endpoints of the cluster. When this pool's endpoint is not among them, it closes the unused connections,
   * and each other one after its request.
   */
  setEndpoints(endpoints: readonly Endpoint[]): void {
    const key = endpointKey(this.#endpoint);
    this.#isDraining = !endpoints.some((each) => endpointKey(each) === key);
    if (!this.#isDraining) return;
    for (const { connection, cancelTimer } of this.#idle.splice(0)) {
      cancelTimer?.();
      connection.destroy(new Error('its endpoint is gone'));
    }
  }

  /** Closes all connections, those in use as well. */
  destroy(): void {
    for (const connection of this.#open) connection.destroy(new Error('the proxy is closed'));
  }

  #wait(signal: AbortSignal): Promise<UpstreamConnection> {
    return new Promise((resolve, reject) => {
      const settle = <T>(then: (value: T) => void): ((value: T) => void) => {
        return (value) => {
          signal.removeEventListener('abort', onAbort);
          this.#waiting.delete(waiting);
          this.#resources.remove('pendingRequests');
          then(value);
        };
      };
      const waiting: Waiting = { resolve: settle(resolve), reject: settle(reject) };
      const onAbort = (): void => {
        waiting.reject(signal.reason as Error);
        this.#checkEmpty();
      };
      signal.addEventListener('abort', onAbort);
      this.#resources.add('pendingRequests');
      this.#waiting.add(waiting);
      this.#connectAsNeeded();
    });
  }

  /** Opens a connection for each waiting request, within the cluster's limit; the first of an endpoint in any case. */
  #connectAsNeeded(): void {
    while (this.#connecting < this.#waiting.size) {
      const hasAny = this.#connecting + this.#open.size > 0;
      if (hasAny && !this.#resources.hasRoomFor('connections', this.#cluster.circuitBreakers)) return;
      void this.#connect();
    }
  }

  async #connect(): Promise<void> {
    const { clock, closing, onConnect } = this.#context;
    this.#connecting += 1;
    this.#resources.add('connections');
    try {
      const { tls } = this.#cluster;
      const client = tls && { ...tls, serverName: this.#serverName };
      const socket = await connect(this.#endpoint, this.#cluster, client, clock, closing);
      this.#connecting -= 1;
      onConnect(socket);
      this.#admit(socket);
    } catch (error) {
      this.#connecting -= 1;
      this.#resources.remove('connections');
      // Every waiting request fails: the router decides whether to try another endpoint.
      for (const { reject } of this.#waiting) reject(error as Error);
      this.#checkEmpty();
    }
  }

  #admit(socket: Socket): void {
    let requests = 0;
    const connection: UpstreamConnection = new UpstreamConnection(socket, {
      onIdle: (idleMs) => {
        requests += 1;
        this.#release(connection);
        const { maxRequestsPerConnection: limit } = this.#cluster;
        if (limit > 0 && requests >= limit)
          connection.destroy(new Error('it has carried maxRequestsPerConnection'));
        else this.#offer(connection, this.#context.clock.now() + idleMs);
      },
      onClose: () => this.#onClose(connection),
    });
    this.#open.add(connection);
    this.#offer(connection, Infinity);
  }

  /** Gives the connection to the request that has waited longest, or keeps it. */
  #offer(connection: UpstreamConnection, until: number): void {
    for (const { resolve, reject } of this.#waiting) {
      if (this.#hasRoomForRequest()) {
        resolve(this.#use(connection));
        return;
      }
      reject(new Overflow());
    }
    if (this.#isDraining) connection.destroy(new Error('its endpoint is gone'));
    else this.#keep(connection, until);
  }

  #keep(connection: UpstreamConnection, until: number): void {
    connection.onKept();
    const { idleTimeoutMs } = this.#cluster;
    const close = (): void => connection.destroy(new Error('it was idle for too long'));
    const cancelTimer = idleTimeoutMs > 0 ? this.#context.clock.after(idleTimeoutMs, close) : undefined;
    this.#idle.push({ connection, until, cancelTimer });
  }

  #takeIdle(): Idle | undefined {
    for (let last = this.#idle.pop(); last; last = this.#idle.pop()) {
      last.cancelTimer?.();
      if (last.connection.isOpen && this.#context.clock.now() < last.until) return last;
      last.connection.destroy(new Error('it was idle for too long'));
    }
    return undefined;
  }

  #hasRoomForRequest(): boolean {
    return this.#resources.hasRoomFor('requests', this.#cluster.circuitBreakers);
  }

  #use(connection: UpstreamConnection): UpstreamConnection {
    this.#resources.add('requests');
    this.#busy.add(connection);
    return connection;
  }

  #release(connection: UpstreamConnection): void {
    if (this.#busy.delete(connection)) this.#resources.remove('requests');
  }

  #onClose(connection: UpstreamConnection): void {
    this.#release(connection);
    this.#open.delete(connection);
    this.#resources.remove('connections');
    const index = this.#idle.findIndex((idle) => idle.connection === connection);
    if (index >= 0) this.#idle.splice(index, 1)[0]?.cancelTimer?.();
    this.#connectAsNeeded();
    this.#checkEmpty();
  }

  #checkEmpty(): void {
    if (this.#open.size + this.#connecting + this.#waiting.size === 0) this.#onEmpty();
  }
}
