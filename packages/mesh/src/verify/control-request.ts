import { sleep, type Clock, type Random } from '@bookinfo/effects';
import { slowerThan, type PredictedOutcome } from './predicted-outcome.js';

const NEVER = new AbortController().signal;
/** A request may be this many times as slow as a control request for reasons of its own, such as the work of a backend. */
const SLOWNESS_FACTOR = 2;

/** How slow a control request was. */
export interface ControlOutcome {
  /** A response to a request of the claim, SLOWNESS_FACTOR times as slow, would be late. */
  isLate: boolean;
  /** It would have the next longer predicted delay. */
  isDisplaced: boolean;
}

/**
 * Sends a control request: a delay of this process, with the shares of the predicted delays, and a round of requests that no
 * rule affects. So it lasts as long as a request of the claim does when the machine is quick.
 *
 * @param sendRound sends one request to each process on the way; errors count by the time that they took
 */
export async function sendControlRequest(
  sendRound: () => Promise<unknown>,
  predicted: readonly PredictedOutcome[],
  { clock, random, lateMs }: { clock: Clock; random: Random; lateMs: number },
): Promise<ControlOutcome> {
  const outcome = draw(predicted, random);
  const startedAt = clock.now();
  if (outcome.delayMs > 0) await sleep(clock, outcome.delayMs, NEVER);
  await sendRound().catch(() => undefined);
  const slownessMs = SLOWNESS_FACTOR * (clock.now() - startedAt - outcome.delayMs);
  return {
    isLate: slownessMs >= lateMs,
    isDisplaced: slowerThan(outcome, predicted).some(
      ({ delayMs }) => slownessMs >= delayMs - outcome.delayMs,
    ),
  };
}

function draw(predicted: readonly PredictedOutcome[], random: Random): PredictedOutcome {
  let left = random();
  const drawn = predicted.find(({ share }) => (left -= share) < 0) ?? predicted.at(-1);
  if (!drawn) throw new RangeError('a claim needs an outcome');
  return drawn;
}
