import type { Socket } from 'node:net';
import { queryParameter, type HashPolicy, type HeaderList } from '@bookinfo/routing';
import { cookieValue, setCookieValue } from './cookie.js';
import { xxHash64 } from './xxhash.js';

const ALL_BITS = 2n ** 64n - 1n;

/** The parts of a request that a hash policy may read. */
export interface Hashable {
  headers: HeaderList;
  path: string;
  socket: Pick<Socket, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort'>;
}

/** The hash by which a cluster that hashes chooses a request's endpoint (Envoy: source/common/http/hash_policy.cc). */
export class RequestHash {
  readonly #request: Hashable;
  readonly #policies: readonly HashPolicy[];
  readonly #setCookies: string[] = [];
  #value: bigint | undefined;
  #isComputed = false;

  constructor(request: Hashable, policies: readonly HashPolicy[]) {
    this.#request = request;
    this.#policies = policies;
  }

  /** Undefined when the request has nothing to hash. Computed on first use, because it may make a cookie. */
  get value(): bigint | undefined {
    if (!this.#isComputed) {
      for (const policy of this.#policies) {
        const hash = this.#hashOf(policy);
        // The rotation keeps two equal hashes from cancelling each other out.
        if (hash !== undefined) this.#value = rotateLeft(this.#value ?? 0n) ^ hash;
      }
      this.#isComputed = true;
    }
    return this.#value;
  }

  /** The cookies that were made, as values of Set-Cookie. */
  get setCookies(): readonly string[] {
    return this.#setCookies;
  }

  #hashOf(policy: HashPolicy): bigint | undefined {
    const { headers, path, socket } = this.#request;
    switch (policy.kind) {
      case 'header':
        return hashOfAll(headers.values(policy.name));
      case 'cookie': {
        const value = cookieValue(policy.name, headers) ?? this.#makeCookie(policy);
        return value === undefined ? undefined : xxHash64(value);
      }
      case 'source-ip':
        return xxHash64(socket.remoteAddress ?? '');
      case 'query-parameter': {
        const value = queryParameter(policy.name, path);
        return value === undefined ? undefined : xxHash64(value);
      }
    }
  }

  /** Makes the same cookie for all requests of one connection, so that concurrent ones get the same endpoint. */
  #makeCookie({ name, path, ttlMs }: Extract<HashPolicy, { kind: 'cookie' }>): string | undefined {
    if (ttlMs === undefined) return undefined;
    const { remoteAddress, remotePort, localAddress, localPort } = this.#request.socket;
    const connection = `${remoteAddress}:${remotePort}${localAddress}:${localPort}`;
    const value = xxHash64(connection).toString(16).padStart(16, '0');
    this.#setCookies.push(setCookieValue(name, value, path, ttlMs));
    return value;
  }
}

/** Hashes each value with the hash of the one before as its seed; sorted, so that header order does not matter. */
function hashOfAll(values: readonly string[]): bigint | undefined {
  if (values.length === 0) return undefined;
  return values.toSorted().reduce((seed, value) => xxHash64(value, seed), 0n);
}

function rotateLeft(value: bigint): bigint {
  return ((value << 1n) | (value >> 63n)) & ALL_BITS;
}
