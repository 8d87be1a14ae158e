import type { GatewayProxy } from '@bookinfo/compiler';
import type { MeshProxy } from '../data-plane/data-plane.js';
import type { GatewayListener } from './gateway-listener.js';
import { listenOrExplain } from './listen-error.js';
import type { MeshProxies } from './mesh-proxies.js';

/** Time for requests in flight when a listener is closed. */
const GRACE_MS = 1000;

interface OpenListener {
  proxy: MeshProxy;
  listener: GatewayListener;
}

/** The listeners of all gateways of a mesh. */
export class Gateways {
  readonly #proxies: Pick<MeshProxies, 'open' | 'close'>;
  readonly #localPorts: ReadonlyMap<number, number>;
  /** By gateway and port. */
  readonly #open = new Map<string, OpenListener>();

  /**
   * @param localPorts local ports by the port of the listener: each is for the first gateway with such a listener. Other
   * listeners get a port that is free.
   */
  constructor(proxies: Pick<MeshProxies, 'open' | 'close'>, localPorts: ReadonlyMap<number, number>) {
    this.#proxies = proxies;
    this.#localPorts = localPorts;
  }

  /** All listeners; the first is port 80 of the ingress gateway. */
  get listeners(): GatewayListener[] {
    return Array.from(this.#open.values(), ({ listener }) => listener);
  }

  /**
   * Opens the listeners of these gateways that are not open, and closes all others. Calls must not overlap.
   * @throws {ListenError} when a local port cannot be listened on.
   */
  async reconcile(gateways: readonly GatewayProxy[]): Promise<void> {
    const wanted = new Map(
      gateways.flatMap((gateway) =>
        gateway.ports.map((port) => [keyOf(gateway, port), { gateway, port }] as const),
      ),
    );
    const surplus = [...this.#open].filter(([key]) => !wanted.has(key));
    await Promise.all(surplus.map(([key]) => this.#close(key, GRACE_MS)));
    for (const [key, { gateway, port }] of wanted)
      if (!this.#open.has(key)) this.#open.set(key, await this.#listen(gateway, port));
  }

  /** Closes all listeners; requests in flight have up to `graceMs` to finish. */
  async close(graceMs: number): Promise<void> {
    await Promise.all(Array.from(this.#open.keys(), (key) => this.#close(key, Math.min(GRACE_MS, graceMs))));
  }

  async #listen({ name, client, isIngress }: GatewayProxy, port: number): Promise<OpenListener> {
    const isTaken = this.listeners.some((each) => each.port === port);
    const localPort = isTaken ? 0 : (this.#localPorts.get(port) ?? 0);
    const proxy = await listenOrExplain('gateway', localPort, () =>
      this.#proxies.open(name, client, localPort, port),
    );
    const url = `http://localhost:${proxy.port}`;
    return { proxy, listener: { gateway: name, namespace: client.namespace, isIngress, port, url } };
  }

  async #close(key: string, graceMs: number): Promise<void> {
    const open = this.#open.get(key);
    this.#open.delete(key);
    if (open) await this.#proxies.close(open.proxy, graceMs);
  }
}

function keyOf({ name, client }: GatewayProxy, port: number): string {
  return `${client.namespace}/${name}:${port}`;
}
