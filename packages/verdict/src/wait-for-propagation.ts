import { sleep, type Clock } from '@bookinfo/effects';

const POLL_MS = 50;
const NEVER = new AbortController().signal;

/**
 * Polls until `failure` resolves to undefined: the rules are in force. After `limitMs` returns the last failure. Requests of
 * the polls are not part of a sample.
 */
export async function waitForPropagation(
  failure: () => Promise<string | undefined>,
  limitMs: number,
  clock: Clock,
): Promise<string | undefined> {
  const deadline = clock.now() + limitMs;
  for (;;) {
    const reason = await failure();
    if (reason === undefined || clock.now() >= deadline) return reason;
    await sleep(clock, POLL_MS, NEVER);
  }
}
