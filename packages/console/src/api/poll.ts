const MAX_DELAY_MS = 15_000;

/**
 * Repeats a call while the page is visible, and waits longer after each failure. A call begins when the former has ended.
 * @param everyMs the pause between two calls; default a second
 * @returns a function that ends it
 */
export function poll(run: () => Promise<void>, everyMs = 1000): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = everyMs;
  let isRunning = false;
  let isStopped = false;

  const next = (): void => {
    clearTimeout(timer);
    if (!isStopped && !document.hidden) timer = setTimeout(() => void turn(), delay);
  };
  const turn = async (): Promise<void> => {
    if (isRunning || isStopped) return;
    isRunning = true;
    try {
      await run();
      delay = everyMs;
    } catch {
      delay = Math.min(delay * 2, MAX_DELAY_MS);
    }
    isRunning = false;
    next();
  };
  const onVisibility = (): void => {
    delay = everyMs;
    if (document.hidden) clearTimeout(timer);
    else void turn();
  };

  document.addEventListener('visibilitychange', onVisibility);
  if (!document.hidden) void turn();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
