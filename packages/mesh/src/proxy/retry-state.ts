import type { RetryPolicy } from '../compile/route-action.js';
import type { Random } from '../decide/decision.js';
import { UpstreamReset } from '../upstream/upstream-reset.js';
import type { UpstreamAnswer } from '../upstream/upstream-answer.js';
import { isRetriableAnswer, isRetriableReset } from './retry-conditions.js';

/** The longest wait, in times of the policy's base interval (Envoy's default of retry_back_off.max_interval). */
const MAX_INTERVALS = 10;

/** What a request may still try (Envoy: RetryStateImpl). */
export class RetryState {
  readonly #policy: RetryPolicy;
  readonly #random: Random;
  #retries = 0;

  constructor(policy: RetryPolicy, random: Random) {
    this.#policy = policy;
    this.#random = random;
  }

  /** Whether the policy would have it tried again; `limit-exceeded` when it would, but for the number of tries. */
  decide(result: UpstreamAnswer | UpstreamReset): 'retry' | 'no' | 'limit-exceeded' {
    const { numRetries } = this.#policy;
    if (numRetries === 0 || !this.#isRetriable(result)) return 'no';
    return this.#retries < numRetries ? 'retry' : 'limit-exceeded';
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
