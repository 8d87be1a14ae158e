import { sleep, type Clock } from '@bookinfo/effects';
import { EnvoyFailed } from './envoy-failed.js';
import type { EnvoyProgram } from './envoy-program.js';
import { InotifyExhausted, isInotifyExhausted } from './inotify-exhausted.js';

/** Limit for Envoy to start, or to apply a table. */
const TIMEOUT_MS = 15_000;
const POLL_MS = 5;
const NEVER = new AbortController().signal;

/**
 * Resolves when the condition holds. One that throws, as an admin endpoint does that cannot be reached, does not hold yet; but
 * an `EnvoyFailed` is thrown on.
 *
 * @param failure what the Envoy does not do, for the error after 15 s
 * @throws {InotifyExhausted} when Envoy ends because it got no inotify instance.
 * @throws {EnvoyFailed} when it ends for another reason, or the condition never holds.
 */
export async function waitUntil(
  condition: () => Promise<boolean>,
  failure: string,
  { program, clock }: { program: EnvoyProgram; clock: Clock },
): Promise<void> {
  const deadline = clock.now() + TIMEOUT_MS;
  let cause: unknown;
  const holds = async (): Promise<boolean> => {
    try {
      return await condition();
    } catch (error) {
      if (error instanceof EnvoyFailed) throw error;
      cause = error;
      return false;
    }
  };
  while (!(await holds())) {
    const { ended } = program;
    if (ended !== undefined && isInotifyExhausted(program.output)) throw new InotifyExhausted();
    if (ended !== undefined) throw new EnvoyFailed(`Envoy ended with ${ended}`, program.output);
    if (clock.now() > deadline) throw new EnvoyFailed(`Envoy ${failure}`, program.output, { cause });
    await pause(clock);
  }
}

/** Waits before Envoy is asked again. */
export function pause(clock: Clock): Promise<void> {
  return sleep(clock, POLL_MS, NEVER);
}
