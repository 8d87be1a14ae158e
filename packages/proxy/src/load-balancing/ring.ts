import type { Endpoint } from '@bookinfo/routing';
import { hashKey, type HashTable } from './hash-table.js';
import { xxHash64 } from './xxhash.js';

/** Envoy's default of maximum_ring_size. */
const MAXIMUM_RING_SIZE = 8 * 1024 * 1024;

/**
 * Ketama's ring: every endpoint stands in as many places as the others, so many that there are `minimumRingSize` or
 * more. A hash belongs to the next place (Envoy: ring_hash_lb.cc, which gives the same endpoints).
 */
export class Ring implements HashTable {
  readonly #endpoints: readonly Endpoint[];
  /** In ascending order, and whose it is. */
  readonly #hashes: BigUint64Array;
  readonly #owners: Uint32Array;

  constructor(endpoints: readonly Endpoint[], minimumRingSize: number) {
    this.#endpoints = endpoints;
    const places = hashesOf(endpoints, minimumRingSize);
    const order = new Uint32Array(places.hashes.length).map((_, index) => index);
    order.sort((a, b) => compare(places.hashes[a], places.hashes[b]));
    this.#hashes = new BigUint64Array(order.length);
    this.#owners = new Uint32Array(order.length);
    for (const [index, place] of order.entries()) {
      this.#hashes[index] = places.hashes[place] ?? 0n;
      this.#owners[index] = places.owners[place] ?? 0;
    }
  }

  choose(hash: bigint, attempt: number): Endpoint | undefined {
    let low = 0;
    let high = this.#hashes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#hashes[middle] ?? 0n) < hash) low = middle + 1;
      else high = middle;
    }
    return this.#endpoints[this.#owners[(low + attempt) % this.#owners.length] ?? 0];
  }
}

/** With Envoy's own arithmetic, since what it rounds decides how many places there are. */
function hashesOf(
  endpoints: readonly Endpoint[],
  minimumRingSize: number,
): { hashes: bigint[]; owners: number[] } {
  const weight = 1 / endpoints.length;
  const scale = Math.min(Math.ceil(weight * minimumRingSize) / weight, MAXIMUM_RING_SIZE);
  const hashes: bigint[] = [];
  const owners: number[] = [];
  let wanted = 0;
  for (const [owner, endpoint] of endpoints.entries()) {
    const key = hashKey(endpoint);
    wanted += scale * weight;
    for (let index = 0; hashes.length < wanted; index += 1) {
      hashes.push(xxHash64(`${key}_${index}`));
      owners.push(owner);
    }
  }
  return { hashes, owners };
}

function compare(a = 0n, b = 0n): number {
  return a < b ? -1 : Number(a > b);
}
