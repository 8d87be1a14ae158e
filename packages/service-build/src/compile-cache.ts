import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Far more than a start takes: a service that hangs must not hang the build. */
const LONGEST_MS = 60_000;

const LISTENING = /Server listening on: (http:[^"]+)/;

/**
 * Runs the service in `folder` once, up to its first answer: when it ends, Node leaves what it has compiled in `dist/`, where
 * later starts find it. A cache made by another version of Node or by another user is not used.
 *
 * @throws Error when the service doesn't start, answer and end well
 */
export async function fillCompileCache(folder: string): Promise<void> {
  const main = path.join(folder, 'dist/main.js');
  const service = spawn(process.execPath, [main], {
    env: { HOST: '127.0.0.1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: LONGEST_MS,
  });
  const exited = once(service, 'exit');
  try {
    for await (const line of createInterface(service.stdout)) {
      const url = LISTENING.exec(line)?.[1];
      if (url === undefined) continue;
      const { status } = await fetch(`${url}/livez`);
      if (status !== 200) throw new Error(`${main} answered ${status} to /livez`);
      service.kill('SIGTERM');
    }
  } finally {
    service.kill('SIGTERM');
  }
  const [code] = (await exited) as [number | null];
  if (code !== 0) throw new Error(`${main} ended with ${code}`);
}
