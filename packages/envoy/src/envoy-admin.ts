import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { LOOPBACK } from '@bookinfo/effects';

/** Limit for a response of an Envoy that does not run as it should. */
const TIMEOUT_MS = 15_000;

/** A client of Envoy's admin endpoint (https://www.envoyproxy.io/docs/envoy/latest/operations/admin). */
export class EnvoyAdmin {
  readonly #address: { host: string; port: number } | { socketPath: string };

  /** @param address a port of 127.0.0.1, or the path of a Unix socket */
  constructor(address: number | string) {
    this.#address = typeof address === 'number' ? { host: LOOPBACK, port: address } : { socketPath: address };
  }

  /** Returns the statistics whose names end in `.` and one of `ends`. */
  async stats(...ends: string[]): Promise<Map<string, string | number>> {
    const filter = encodeURIComponent(`\\.(${ends.join('|')})$`);
    const { stats } = STATS.parse(await this.#get(`/stats?format=json&filter=${filter}`));
    return new Map(stats.map(({ name, value }) => [name, value]));
  }

  /** Returns the port of the listener with this name; undefined while Envoy has no such listener. */
  async listenerPort(name: string): Promise<number | undefined> {
    const { listener_statuses } = LISTENERS.parse(await this.#get('/listeners?format=json'));
    return listener_statuses.find((listener) => listener.name === name)?.local_address.socket_address
      .port_value;
  }

  /** Closes all listeners; requests that have begun go on. */
  async drainListeners(): Promise<void> {
    await this.#fetch('/drain_listeners', 'POST');
  }

  async #get(path: string): Promise<unknown> {
    return JSON.parse(await this.#fetch(path, 'GET')) as unknown;
  }

  /** Returns the body of the response. */
  #fetch(path: string, method: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      request({ ...this.#address, path, method, agent: false, signal })
        .once('response', (response) => text(response).then(resolve, reject))
        .once('error', reject)
        .end();
    });
  }
}

const STATS = z.object({
  stats: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })),
});

const LISTENERS = z.object({
  listener_statuses: z
    .array(
      z.object({
        name: z.string(),
        local_address: z.object({ socket_address: z.object({ port_value: z.number() }) }),
      }),
    )
    .default([]),
});
