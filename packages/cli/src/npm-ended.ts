const CHECK_MS = 500;

/**
 * Resolves when npm, which started this process by `npm start` or `npx bookinfo`, has been ended by a signal: npm passes
 * the signal on to its shell, and the shell ends without its children. Stays pending when npm did not start the process.
 */
export function npmEnded(): Promise<void> {
  if (process.env['npm_command'] === undefined) return new Promise(() => undefined);
  const shell = process.ppid;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (process.ppid === shell) return;
      clearInterval(timer);
      resolve();
    }, CHECK_MS);
    timer.unref();
  });
}
