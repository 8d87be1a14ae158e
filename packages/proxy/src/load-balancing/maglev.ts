import type { Endpoint } from '@bookinfo/routing';
import { hashKey, type HashTable } from './hash-table.js';
import { xxHash64 } from './xxhash.js';

const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * Google's Maglev table: each endpoint in turn takes the next free place of its own sequence, until all are taken (Envoy:
 * maglev_lb.cc, which gives the same endpoints). `tableSize` is prime.
 */
export class Maglev implements HashTable {
  readonly #endpoints: readonly Endpoint[];
  readonly #owners: Uint32Array;

  constructor(endpoints: readonly Endpoint[], tableSize: number) {
    // In the order of their keys, so that it doesn't matter in which order they were found.
    this.#endpoints = endpoints.toSorted((a, b) => (hashKey(a) < hashKey(b) ? -1 : 1));
    this.#owners = new Uint32Array(tableSize);
    const isTaken = new Uint8Array(tableSize);
    const sequences = this.#endpoints.map((endpoint) => sequenceOf(hashKey(endpoint), tableSize));
    for (let taken = 0; taken < tableSize;) {
      for (const [owner, sequence] of sequences.entries()) {
        if (taken === tableSize) break;
        let place = sequence.next();
        while (isTaken[place] === 1) place = sequence.next();
        isTaken[place] = 1;
        this.#owners[place] = owner;
        taken += 1;
      }
    }
  }

  choose(hash: bigint, attempt: number): Endpoint | undefined {
    const tried = attempt === 0 ? hash : hash ^ (MAX_UINT64 - BigInt(attempt) + 1n);
    return this.#endpoints[this.#owners[Number(tried % BigInt(this.#owners.length))] ?? 0];
  }
}

/** Every place of the table, in an order of the key's own. */
function sequenceOf(key: string, tableSize: number): { next: () => number } {
  const skip = Number(xxHash64(key, 1n) % BigInt(tableSize - 1)) + 1;
  let place = Number(xxHash64(key) % BigInt(tableSize));
  return {
    next: () => {
      const current = place;
      place = (place + skip) % tableSize;
      return current;
    },
  };
}
