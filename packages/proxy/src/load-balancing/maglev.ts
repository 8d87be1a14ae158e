import { endpointKey, type Endpoint } from '@bookinfo/routing';
import { normalizedWeights } from './weights.js';
import { xxHash64 } from './xxhash.js';

const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * Google's Maglev table: each endpoint in turn takes the next free slot of its permutation, until all are taken. One with
 * half of the largest weight takes a slot in every second round (Envoy: maglev_lb.cc, which chooses the same endpoints).
 */
export class Maglev {
  readonly #endpoints: readonly Endpoint[];
  readonly #owners: Uint32Array;

  /** `tableSize` is prime; there is at least one endpoint. */
  constructor(endpoints: readonly Endpoint[], tableSize: number) {
    // Sorted, so that the order in which endpoints were discovered does not matter.
    this.#endpoints = endpoints.toSorted((a, b) => (endpointKey(a) < endpointKey(b) ? -1 : 1));
    this.#owners = new Uint32Array(tableSize);
    const isTaken = new Uint8Array(tableSize);
    const permutations = this.#endpoints.map((endpoint) => permutation(endpointKey(endpoint), tableSize));
    const weights = normalizedWeights(this.#endpoints);
    const largest = Math.max(...weights);
    const targets = weights.map(() => 0);
    for (let taken = 0, round = 1; taken < tableSize; round += 1) {
      for (const [owner, slots] of permutations.entries()) {
        if (taken === tableSize) break;
        const target = targets[owner] ?? 0;
        if (round * (weights[owner] ?? 0) < target) continue;
        targets[owner] = target + largest;
        let slot = slots.next();
        while (isTaken[slot] === 1) slot = slots.next();
        isTaken[slot] = 1;
        this.#owners[slot] = owner;
        taken += 1;
      }
    }
  }

  /** Returns the endpoint of a hash; a `selection` from 1 up may return another one for the same hash. */
  choose(hash: bigint, selection: number): Endpoint | undefined {
    const key = selection === 0 ? hash : hash ^ (MAX_UINT64 - BigInt(selection) + 1n);
    return this.#endpoints[this.#owners[Number(key % BigInt(this.#owners.length))] ?? 0];
  }
}

/** Returns all slots of the table, in an order that depends on the key. */
function permutation(key: string, tableSize: number): { next: () => number } {
  const skip = Number(xxHash64(key, 1n) % BigInt(tableSize - 1)) + 1;
  let slot = Number(xxHash64(key) % BigInt(tableSize));
  return {
    next: () => {
      const current = slot;
      slot = (slot + skip) % tableSize;
      return current;
    },
  };
}
