import type { Random } from '@bookinfo/effects';
import {
  isRetriableReset,
  isRetriableResponse,
  UpstreamReset,
  type CircuitBreakers,
  type RetryPolicy,
} from '@bookinfo/routing';
import type { ClusterResources } from '../connection-pool/cluster-resources.js';
import type { UpstreamResponse } from '../connection-pool/upstream-response.js';

/** The longest pause, in multiples of the policy's base interval (Envoy's default of retry_back_off.max_interval). */
const MAX_INTERVALS = 10;

/**
 * The decision about another attempt. `limit-exceeded`: the policy would retry, but its number of retries is used up;
 * `overflow`: it would, but too many other retries are under way.
 */
export type RetryVerdict = 'retry' | 'no' | 'limit-exceeded' | 'overflow';

/** The retries of one request (Envoy: RetryStateImpl). */
export class RetryState {
  readonly #policy: RetryPolicy;
  readonly #random: Random;
  readonly #limits: CircuitBreakers;
  readonly #resources: ClusterResources;
  #retries = 0;
  #isCounted = false;

  /** `resources` counts the retries that are under way at the cluster; `limits` bound them. */
  constructor(policy: RetryPolicy, random: Random, limits: CircuitBreakers, resources: ClusterResources) {
    this.#policy = policy;
    this.#random = random;
    this.#limits = limits;
    this.#resources = resources;
  }

  /** Decides whether to try again. A retry counts as under way until the next decision, or `release`. */
  decide(result: UpstreamResponse | UpstreamReset): RetryVerdict {
    this.release();
    const { numRetries } = this.#policy;
    if (numRetries === 0 || !this.#isRetriable(result)) return 'no';
    if (this.#retries >= numRetries) return 'limit-exceeded';
    if (!this.#resources.hasRoomFor('retries', this.#limits)) return 'overflow';
    this.#resources.add('retries');
    this.#isCounted = true;
    return 'retry';
  }

  /** Ends the retry under way, if any. */
  release(): void {
    if (this.#isCounted) this.#resources.remove('retries');
    this.#isCounted = false;
  }

  /** Counts a retry, and returns the pause before it in milliseconds: exponential, with full jitter. */
  nextBackOffMs(): number {
    const { baseIntervalMs } = this.#policy;
    const interval = Math.min(baseIntervalMs * 2 ** this.#retries, baseIntervalMs * MAX_INTERVALS);
    this.#retries += 1;
    return this.#random() * interval;
  }

  #isRetriable(result: UpstreamResponse | UpstreamReset): boolean {
    return result instanceof UpstreamReset
      ? isRetriableReset(result, this.#policy)
      : isRetriableResponse(result, this.#policy);
  }
}
