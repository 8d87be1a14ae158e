import type { Endpoint } from '@bookinfo/routing';

/** Endpoints by the hash of a request. */
export interface HashTable {
  /**
   * The endpoint of a hash; with an `attempt` from 1 up another choice for the same hash, which may be the same
   * endpoint. The table has one endpoint at least.
   */
  choose(hash: bigint, attempt: number): Endpoint | undefined;
}

/** What Envoy hashes of an endpoint: its address as text. */
export function hashKey({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
