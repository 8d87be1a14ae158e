import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Environment variable of the process that `up --detach` leaves running. */
const MARKER = 'BOOKINFO_DETACHED';

export function isDetached(): boolean {
  return process.env[MARKER] !== undefined;
}

/**
 * Runs this same command line in a process that outlives this one and appends its output to `log`. Returns the text that
 * process passed to `reportReady`.
 * @throws {Error} with the process's output, when it ended before.
 */
export async function startDetached(log: string, readsStdin: boolean): Promise<string> {
  mkdirSync(path.dirname(log), { recursive: true });
  const file = openSync(log, 'a');
  const { size } = fstatSync(file);
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    detached: true,
    // Without npm_command, because npm does not wait for this process: see npmEnded.
    env: { ...process.env, [MARKER]: 'yes', npm_command: undefined },
    stdio: [readsStdin ? 'inherit' : 'ignore', file, file, 'ipc'],
  });
  closeSync(file);
  const ready = once(child, 'message').then(([text]) => String(text));
  const text = await Promise.race([ready, once(child, 'exit').then(() => undefined)]);
  if (text === undefined) throw new Error(readFileSync(log).subarray(size).toString().trim());
  child.disconnect();
  child.unref();
  return text;
}

/** Ends this process by SIGTERM when the one that waits in `startDetached` ends first, such as by Ctrl-C. */
export function endWithLauncher(): void {
  process.once('disconnect', endByDisconnect);
  // The listener would keep a process running whose start has failed.
  process.channel?.unref();
}

/** Passes `text` to the process that waits in `startDetached`, which then ends. */
export function reportReady(text: string): void {
  process.off('disconnect', endByDisconnect);
  process.send?.(text);
}

function endByDisconnect(): void {
  process.kill(process.pid, 'SIGTERM');
}
