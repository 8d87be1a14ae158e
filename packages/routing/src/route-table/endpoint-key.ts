import type { Endpoint } from './cluster.js';

/** Tells endpoints apart; the same in every table. */
export function endpointKey({ address, port }: Endpoint): string {
  return `${address}:${port}`;
}
