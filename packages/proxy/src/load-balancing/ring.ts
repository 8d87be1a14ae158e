import { endpointKey, type Endpoint } from '@bookinfo/routing';
import { normalizedWeights } from './weights.js';
import { xxHash64 } from './xxhash.js';

/** Envoy's default of maximum_ring_size. */
const MAX_RING_SIZE = 8 * 1024 * 1024;

/**
 * Ketama's ring: endpoints have entries in proportion to their weights, so many that there are `minimumRingSize` or more. A hash
 * belongs to the next entry (Envoy: ring_hash_lb.cc, which chooses the same endpoints).
 */
export class Ring {
  readonly #endpoints: readonly Endpoint[];
  /** The entries' hashes in ascending order, and the indexes of their endpoints. */
  readonly #hashes: BigUint64Array;
  readonly #owners: Uint32Array;

  /** There is at least one endpoint. */
  constructor(endpoints: readonly Endpoint[], minimumRingSize: number) {
    this.#endpoints = endpoints;
    const entries = entriesOf(endpoints, minimumRingSize);
    const order = new Uint32Array(entries.hashes.length).map((_, index) => index);
    order.sort((a, b) => compare(entries.hashes[a], entries.hashes[b]));
    this.#hashes = new BigUint64Array(order.length);
    this.#owners = new Uint32Array(order.length);
    for (const [index, entry] of order.entries()) {
      this.#hashes[index] = entries.hashes[entry] ?? 0n;
      this.#owners[index] = entries.owners[entry] ?? 0;
    }
  }

  /** Returns the endpoint of a hash; a `selection` from 1 up may return another one for the same hash. */
  choose(hash: bigint, selection: number): Endpoint | undefined {
    let low = 0;
    let high = this.#hashes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#hashes[middle] ?? 0n) < hash) low = middle + 1;
      else high = middle;
    }
    return this.#endpoints[this.#owners[(low + selection) % this.#owners.length] ?? 0];
  }
}

/** Computes the entries with Envoy's own arithmetic, whose rounding determines their number. */
function entriesOf(
  endpoints: readonly Endpoint[],
  minimumRingSize: number,
): { hashes: bigint[]; owners: number[] } {
  const weights = normalizedWeights(endpoints);
  const least = Math.min(...weights);
  const scale = Math.min(Math.ceil(least * minimumRingSize) / least, MAX_RING_SIZE);
  const hashes: bigint[] = [];
  const owners: number[] = [];
  let target = 0;
  for (const [owner, endpoint] of endpoints.entries()) {
    const key = endpointKey(endpoint);
    target += scale * (weights[owner] ?? 0);
    for (let index = 0; hashes.length < target; index += 1) {
      hashes.push(xxHash64(`${key}_${index}`));
      owners.push(owner);
    }
  }
  return { hashes, owners };
}

function compare(a = 0n, b = 0n): number {
  return a < b ? -1 : Number(a > b);
}
