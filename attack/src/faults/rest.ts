import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from './load.ts';
import type { Mesh } from './mesh.ts';
import type { Observed } from './scenario.ts';

const CONNECTIONS = 300;
const PER_SECOND = 50;
/** Node closes idle connections after 5 s and a second of grace, unless told otherwise; Envoy after an hour. */
const REST_MS = 6000;
const SPREAD_MS = 200;
const SIGN_IN = {
  url: '/login',
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'username=jason&passwd=any',
};

/**
 * Lets connections rest for about six seconds after a request each, then sends a POST on each. Clients do not repeat a POST:
 * one that is sent while the proxy closes the connection is lost.
 */
export async function rest({ port }: Mesh): Promise<Observed> {
  const faultAt = performance.now();
  const connections = Array.from({ length: CONNECTIONS }, async (_, index) => {
    await sleep((index * 1000) / PER_SECOND);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await request(port, { agent, url: '/static/style.css' });
    await sleep(REST_MS + (index / CONNECTIONS - 0.5) * SPREAD_MS);
    const second = await request(port, { agent, ...SIGN_IN });
    agent.destroy();
    return [first, second];
  });
  return { outcomes: (await Promise.all(connections)).flat(), faultAt };
}
