import type { Socket } from 'node:net';
import { type HashPolicy, queryParameter } from '@bookinfo/routing';
import { forEachHeader } from '../headers/headers.js';
import { cookieValue, setCookieValue } from './cookie.js';
import { xxHash64 } from './xxhash.js';

const ALL_BITS = 2n ** 64n - 1n;

/** What can be hashed of a request. */
export interface Hashable {
  rawHeaders: readonly string[];
  path: string;
  socket: Pick<Socket, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort'>;
}

/** What a request's endpoint is chosen by, where the cluster hashes (Envoy: source/common/http/hash_policy.cc). */
export class RequestHash {
  readonly #request: Hashable;
  readonly #policies: readonly HashPolicy[];
  readonly #setCookies: string[] = [];
  #value: bigint | undefined;
  #isKnown = false;

  constructor(request: Hashable, policies: readonly HashPolicy[]) {
    this.#request = request;
    this.#policies = policies;
  }

  /** Undefined when the request has nothing of what is hashed. Worked out when it is asked for: it may make a cookie. */
  get value(): bigint | undefined {
    if (!this.#isKnown) {
      for (const policy of this.#policies) {
        const hash = this.#hashOf(policy);
        // Rotated, so that two that are alike don't cancel each other out.
        if (hash !== undefined) this.#value = rotateLeft(this.#value ?? 0n) ^ hash;
      }
      this.#isKnown = true;
    }
    return this.#value;
  }

  /** The cookies that were made, as values of Set-Cookie. */
  get setCookies(): readonly string[] {
    return this.#setCookies;
  }

  #hashOf(policy: HashPolicy): bigint | undefined {
    const { rawHeaders, path, socket } = this.#request;
    switch (policy.kind) {
      case 'header':
        return hashOfAll(valuesOf(policy.name, rawHeaders));
      case 'cookie': {
        const value = cookieValue(policy.name, rawHeaders) ?? this.#makeCookie(policy);
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

  /** The same for all requests of one connection, so that those that are under way together agree. */
  #makeCookie({ name, path, ttlMs }: Extract<HashPolicy, { kind: 'cookie' }>): string | undefined {
    if (ttlMs === undefined) return undefined;
    const { remoteAddress, remotePort, localAddress, localPort } = this.#request.socket;
    const connection = `${remoteAddress}:${remotePort}${localAddress}:${localPort}`;
    const value = xxHash64(connection).toString(16).padStart(16, '0');
    this.#setCookies.push(setCookieValue(name, value, path, ttlMs));
    return value;
  }
}

/** Each with the hash of the one before as its seed; in an order of their own, which proxies on the way can't change. */
function hashOfAll(values: readonly string[]): bigint | undefined {
  if (values.length === 0) return undefined;
  return values.toSorted().reduce((seed, value) => xxHash64(value, seed), 0n);
}

function valuesOf(wanted: string, rawHeaders: readonly string[]): string[] {
  const values: string[] = [];
  forEachHeader(rawHeaders, (name, value) => {
    if (name === wanted) values.push(value);
  });
  return values;
}

function rotateLeft(value: bigint): bigint {
  return ((value << 1n) | (value >> 63n)) & ALL_BITS;
}
