import { setTimeout as sleep } from 'node:timers/promises';

/** Ends a wait that hangs; no wait is measured by it. */
const HANG_MS = 100_000;

/**
 * Resolves when the condition holds.
 * @throws {Error} when it never does
 */
export async function until(
  condition: string,
  holds: () => Promise<boolean>,
  hangMs = HANG_MS,
): Promise<void> {
  const deadline = performance.now() + hangMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`${condition}: not after ${hangMs / 1000} s`);
    await sleep(50);
  }
}
