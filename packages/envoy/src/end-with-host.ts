import { spawn } from 'node:child_process';

/** Ends when the host does, since the system then closes the pipe that it reads. */
const WATCHER = 'read _; kill -KILL "$0"; rm -rf "$1"';

/**
 * Starts a watcher that kills the process `pid` and removes `folder` when this process ends, however it does: a process that a
 * signal has ended can no longer do so itself. Returns a function that ends the watcher; call it when `pid` has ended.
 */
export function endWithHost(pid: number, folder: string): () => void {
  const watcher = spawn('sh', ['-c', WATCHER, String(pid), folder], {
    // Not in the process group that a Ctrl-C goes to.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  // Without a shell, the process outlives this one.
  watcher.on('error', () => undefined);
  return () => void watcher.kill('SIGKILL');
}
