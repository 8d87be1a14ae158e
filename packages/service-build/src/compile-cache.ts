import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Limit of one run, so that a service that hangs does not hang the build. A start takes less than a second. */
const MAX_RUN_MS = 60_000;

const LISTENING = /Server listening on: (http:[^"]+)/;

/**
 * Runs the service in `folder` once, up to its first response. At its end Node writes the compiled code to `dist/`, and later
 * starts read it from there. Node ignores a cache that another version of Node or another user wrote.
 *
 * @throws {Error} when the service doesn't start, doesn't respond 200 to /livez, or doesn't end with exit code 0
 */
export async function fillCompileCache(folder: string): Promise<void> {
  const main = path.join(folder, 'dist/main.js');
  const service = spawn(process.execPath, [main], {
    env: { HOST: '127.0.0.1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: MAX_RUN_MS,
  });
  const exited = once(service, 'exit');
  try {
    for await (const line of createInterface(service.stdout)) {
      const url = LISTENING.exec(line)?.[1];
      if (url === undefined) continue;
      const { status } = await fetch(`${url}/livez`);
      if (status !== 200) throw new Error(`${main} responded ${status} to /livez instead of 200`);
      service.kill('SIGTERM');
    }
  } finally {
    service.kill('SIGTERM');
  }
  const [code] = (await exited) as [number | null];
  if (code !== 0) throw new Error(`${main} ended with exit code ${code} instead of 0`);
}
