import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;

/** Resolves with true when the process has ended, with false when it still runs after `limitMs`. */
export async function waitForEnd(pid: number, limitMs: number): Promise<boolean> {
  const limit = performance.now() + limitMs;
  while (isRunning(pid)) {
    if (performance.now() > limit) return false;
    await delay(POLL_MS);
  }
  return true;
}

/** Matches a process that has not ended yet. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !isZombie(pid);
}

/** Matches a process that has ended, but whose parent has not read its exit code, as in containers without an init. */
function isZombie(pid: number): boolean {
  try {
    // proc(5): the state follows the name of the program, which is in parentheses and may hold any character.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').startsWith(' Z');
  } catch {
    return false;
  }
}
