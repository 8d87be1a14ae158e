import { z } from 'zod';
import { LOOPBACK } from '@bookinfo/effects';

/** Limit for a response of an Envoy that does not run as it should. */
const TIMEOUT_MS = 15_000;

/** A client of Envoy's admin endpoint (https://www.envoyproxy.io/docs/envoy/latest/operations/admin). */
export class EnvoyAdmin {
  readonly #url: string;

  constructor(port: number) {
    this.#url = `http://${LOOPBACK}:${port}`;
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
    const response = await this.#fetch(path, 'GET');
    return await response.json();
  }

  #fetch(path: string, method: string): Promise<Response> {
    return fetch(this.#url + path, { method, signal: AbortSignal.timeout(TIMEOUT_MS) });
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
