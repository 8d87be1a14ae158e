import { Socket } from 'node:net';
import { LOOPBACK } from '@bookinfo/effects';
import type { Backend } from '@bookinfo/testing';
import { startEchoBackend, type Seen } from '../support/echo-backend.js';
import { PODS } from './pods.js';

/** Endpoints of the vectors' ServiceEntries, which no pod has. */
const EXTERNAL = ['10.0.5.1', '10.0.5.2', '10.0.5.9'];

/** The backend at every other address, and the response to a request that arrived there. */
export const PASSTHROUGH = 'passthrough';

type Connect = (this: Socket, ...parameters: unknown[]) => Socket;

/**
 * The network of the vectors in this process: connections to an address of theirs, or to any name, lead to an echo backend.
 * The addresses themselves have to stay as they are, because a hash picks a pod by its address.
 */
export class Network implements AsyncDisposable {
  /** All requests that arrived, the oldest first. */
  readonly seen: Seen[] = [];
  readonly #backends = new Map<string, Backend>();
  readonly #connect = Reflect.get(Socket.prototype, 'connect') as Connect;

  static async start(): Promise<Network> {
    const network = new Network();
    const names = [...PODS.map(({ name, address }) => [address, name]), ...EXTERNAL.map((one) => [one, one])];
    for (const [address = '', name = ''] of [...names, [PASSTHROUGH, PASSTHROUGH]])
      network.#backends.set(address, await startEchoBackend(name, (seen) => network.seen.push(seen)));
    network.#redirectConnections();
    return network;
  }

  #redirectConnections(): void {
    const connect = this.#connect;
    const backends = this.#backends;
    Socket.prototype.connect = function redirected(this: Socket, options: unknown, ...others: unknown[]) {
      const { host = LOOPBACK } = options as { host?: string };
      if (host === LOOPBACK) return connect.call(this, options, ...others);
      const { port } = (backends.get(host) ?? backends.get(PASSTHROUGH))!.endpoint;
      return connect.call(this, { host: LOOPBACK, port }, ...others);
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    Socket.prototype.connect = this.#connect;
    for (const backend of this.#backends.values()) await backend[Symbol.asyncDispose]();
  }
}
