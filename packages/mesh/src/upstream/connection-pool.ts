import type { Socket } from 'node:net';
import type { Clock } from '../clock/clock.js';
import type { Endpoint } from '../compile/cluster.js';
import { connect } from './connect.js';
import { UpstreamConnection, type ConnectionOwner } from './upstream-connection.js';

interface Idle {
  connection: UpstreamConnection;
  /** When the backend may close it. */
  until: number;
}

/** Keeps connections to backends alive, by endpoint. */
export class ConnectionPool {
  readonly #clock: Clock;
  readonly #onConnect: (socket: Socket) => void;
  readonly #idle = new Map<string, Idle[]>();
  readonly #open = new Set<UpstreamConnection>();

  /** `onConnect` is told of every connection that is made. */
  constructor(clock: Clock, onConnect: (socket: Socket) => void) {
    this.#clock = clock;
    this.#onConnect = onConnect;
  }

  /** The connection that was used last, as long as there is one. */
  takeIdle({ address, port }: Endpoint): UpstreamConnection | undefined {
    const idle = this.#idle.get(`${address}:${port}`);
    for (let last = idle?.pop(); last; last = idle?.pop()) {
      if (last.connection.isOpen && this.#clock.now() < last.until) return last.connection;
      last.connection.destroy(new Error('it was idle for too long'));
    }
    return undefined;
  }

  /** Throws an UpstreamReset when there is no connection in time; the signal's reason when that is why. */
  async connect(endpoint: Endpoint, timeoutMs: number, signal: AbortSignal): Promise<UpstreamConnection> {
    const socket = await connect(endpoint, timeoutMs, this.#clock, signal);
    this.#onConnect(socket);
    const key = `${endpoint.address}:${endpoint.port}`;
    const owner: ConnectionOwner = {
      onIdle: (connection, idleMs) => this.#put(key, { connection, until: this.#clock.now() + idleMs }),
      onClose: (connection) => this.#forget(key, connection),
    };
    const connection = new UpstreamConnection(socket, owner);
    this.#open.add(connection);
    return connection;
  }

  /** Closes all connections, those in use too. */
  destroy(): void {
    for (const connection of this.#open) connection.destroy(new Error('the proxy is closed'));
  }

  #put(key: string, idle: Idle): void {
    const others = this.#idle.get(key);
    if (others) others.push(idle);
    else this.#idle.set(key, [idle]);
  }

  #forget(key: string, closed: UpstreamConnection): void {
    this.#open.delete(closed);
    const left = this.#idle.get(key)?.filter(({ connection }) => connection !== closed) ?? [];
    if (left.length > 0) this.#idle.set(key, left);
    else this.#idle.delete(key);
  }
}
