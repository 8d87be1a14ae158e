import type { Clock } from '@bookinfo/service-kit';

/**
 * Waits for `work`, at most `ms` milliseconds.
 *
 * @throws {Error} when the time is over; a later result of `work` is ignored
 */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T> {
  const finished = new AbortController();
  const expiry = async (): Promise<never> => {
    await clock.sleep(ms, finished.signal);
    throw new Error(`no response within ${ms} ms`);
  };
  try {
    return await Promise.race([work, expiry()]);
  } finally {
    finished.abort();
  }
}
