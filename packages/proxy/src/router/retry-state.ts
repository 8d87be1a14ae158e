import {
  type CircuitBreakers,
  type RetryPolicy,
  UpstreamReset,
  isRetriableAnswer,
  isRetriableReset,
} from '@bookinfo/routing';
import type { Random } from '@bookinfo/effects';
import type { ClusterResources } from '../connection-pool/cluster-resources.js';
import type { UpstreamAnswer } from '../connection-pool/upstream-response.js';

/** The longest wait, in times of the policy's base interval (Envoy's default of retry_back_off.max_interval). */
const MAX_INTERVALS = 10;

/** Whether there is another try; the last two are what a policy's wish for one came to. */
export type RetryVerdict = 'retry' | 'no' | 'limit-exceeded' | 'overflow';

/** What a request may still try (Envoy: RetryStateImpl). */
export class RetryState {
  readonly #policy: RetryPolicy;
  readonly #random: Random;
  readonly #limits: CircuitBreakers;
  readonly #resources: ClusterResources;
  #retries = 0;
  #isCounted = false;

  /** `resources` counts the retries that are under way at the cluster, which `limits` may bound. */
  constructor(policy: RetryPolicy, random: Random, limits: CircuitBreakers, resources: ClusterResources) {
    this.#policy = policy;
    this.#random = random;
    this.#limits = limits;
    this.#resources = resources;
  }

  /**
   * Whether the policy would have it tried again; `limit-exceeded` when it would, but for the number of tries, `overflow`
   * when it would, but for the retries of other requests. A retry is under way until the next decision, or `release`.
   */
  decide(result: UpstreamAnswer | UpstreamReset): RetryVerdict {
    this.release();
    const { numRetries } = this.#policy;
    if (numRetries === 0 || !this.#isRetriable(result)) return 'no';
    if (this.#retries >= numRetries) return 'limit-exceeded';
    if (!this.#resources.hasRoomFor('retries', this.#limits)) return 'overflow';
    this.#resources.add('retries');
    this.#isCounted = true;
    return 'retry';
  }

  /** The request is over. */
  release(): void {
    if (this.#isCounted) this.#resources.remove('retries');
    this.#isCounted = false;
  }

  /** Counts a retry, and tells how many milliseconds to wait before it: fully jittered, exponential. */
  nextBackOffMs(): number {
    const { baseIntervalMs } = this.#policy;
    const interval = Math.min(baseIntervalMs * 2 ** this.#retries, baseIntervalMs * MAX_INTERVALS);
    this.#retries += 1;
    return this.#random() * interval;
  }

  #isRetriable(result: UpstreamAnswer | UpstreamReset): boolean {
    return result instanceof UpstreamReset
      ? isRetriableReset(result, this.#policy)
      : isRetriableAnswer(result, this.#policy);
  }
}
