import { isDeepStrictEqual } from 'node:util';
import type { GatewayProxy, ProxyListener } from '@bookinfo/compiler';
import type { TlsServer } from '@bookinfo/routing';
import type { MeshProxy } from '../data-plane/data-plane.js';
import type { Certificates } from './certificates.js';
import type { GatewayListener } from './gateway-listener.js';
import { listenOrExplain } from './listen-error.js';
import type { MeshProxies } from './mesh-proxies.js';

/** Time for requests in flight when a listener is closed. */
const GRACE_MS = 1000;

/** A listener as it should be. */
interface WantedListener {
  gateway: GatewayProxy;
  port: number;
  /** The servers, if it is one of HTTPS. */
  tls: readonly TlsServer[] | undefined;
  problems: string[];
}

interface OpenListener {
  proxy: MeshProxy;
  port: number;
  tls: readonly TlsServer[] | undefined;
}

/** The listeners of all gateways of a mesh. */
export class Gateways {
  readonly #proxies: Pick<MeshProxies, 'open' | 'close'>;
  readonly #localPorts: ReadonlyMap<number, number>;
  readonly #certificates: Certificates;
  /** By gateway, protocol and port. */
  readonly #open = new Map<string, OpenListener>();
  #listeners: GatewayListener[] = [];

  /**
   * @param localPorts local ports by the port of the listener: each is for the first gateway with such a listener. Other
   * listeners get a port that is free.
   */
  constructor(
    proxies: Pick<MeshProxies, 'open' | 'close'>,
    localPorts: ReadonlyMap<number, number>,
    certificates: Certificates,
  ) {
    this.#proxies = proxies;
    this.#localPorts = localPorts;
    this.#certificates = certificates;
  }

  /** All listeners; the first is port 80 of the ingress gateway. */
  get listeners(): GatewayListener[] {
    return this.#listeners;
  }

  /**
   * Opens the listeners of these gateways that are not open, closes all others, and replaces certificates. One of HTTPS without
   * a certificate is not opened. Calls must not overlap.
   * @throws {ListenError} when a local port cannot be listened on.
   */
  async reconcile(gateways: readonly GatewayProxy[]): Promise<void> {
    const all = await Promise.all(
      gateways.flatMap((gateway) => gateway.listeners.map((listener) => this.#wanted(gateway, listener))),
    );
    const wanted = new Map(all.filter(canOpen).map((each) => [keyOf(each), each]));
    const surplus = [...this.#open].filter(([key]) => !wanted.has(key));
    await Promise.all(surplus.map(([key]) => this.#close(key, GRACE_MS)));
    for (const [key, each] of wanted) {
      const open = this.#open.get(key);
      if (!open) this.#open.set(key, await this.#listen(each));
      else if (each.tls && !isDeepStrictEqual(each.tls, open.tls)) {
        await open.proxy.setTls(each.tls);
        open.tls = each.tls;
      }
    }
    this.#listeners = all.map((each) => describe(each, this.#open.get(keyOf(each))));
  }

  /** Closes all listeners; requests in flight have up to `graceMs` to finish. */
  async close(graceMs: number): Promise<void> {
    await Promise.all(Array.from(this.#open.keys(), (key) => this.#close(key, Math.min(GRACE_MS, graceMs))));
  }

  async #wanted(gateway: GatewayProxy, { port, tls }: ProxyListener): Promise<WantedListener> {
    const common = { gateway, port };
    return tls
      ? { ...common, ...(await this.#certificates.read(tls)) }
      : { ...common, tls: undefined, problems: [] };
  }

  async #listen({ gateway, port, tls }: WantedListener): Promise<OpenListener> {
    const isTaken = [...this.#open.values()].some((each) => each.port === port);
    const localPort = isTaken ? 0 : (this.#localPorts.get(port) ?? 0);
    const proxy = await listenOrExplain('gateway', localPort, () =>
      this.#proxies.open(gateway, gateway.client, localPort, {
        listenerPort: port,
        ...(tls && { tls }),
      }),
    );
    return { proxy, port, tls };
  }

  async #close(key: string, graceMs: number): Promise<void> {
    const open = this.#open.get(key);
    this.#open.delete(key);
    if (open) await this.#proxies.close(open.proxy, graceMs);
  }
}

function canOpen({ tls }: WantedListener): boolean {
  return tls?.some(({ certificate }) => certificate) ?? true;
}

function keyOf({ gateway: { name, client }, port, tls }: WantedListener): string {
  return `${client.namespace}/${name} ${tls ? 'https' : 'http'} ${port}`;
}

function describe({ gateway, port, tls, problems }: WantedListener, open?: OpenListener): GatewayListener {
  const { name, client, isIngress } = gateway;
  const listener = { gateway: name, namespace: client.namespace, isIngress, port };
  const unreachable = open?.proxy.unreachable;
  if (!open || unreachable !== undefined)
    return { ...listener, problems: unreachable === undefined ? problems : [...problems, unreachable] };
  return { ...listener, url: `${tls ? 'https' : 'http'}://localhost:${open.proxy.port}`, problems };
}
