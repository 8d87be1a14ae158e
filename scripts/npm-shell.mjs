const CHECK_MS = 500;

/**
 * Calls the listener when npm is ended: npm passes SIGTERM on to the shell of the script only, and the shell ends without
 * its children. npm-ended.ts of packages/cli does the same; scripts run before packages are built.
 */
export function onNpmEnd(listener) {
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    listener();
  }, CHECK_MS);
}
