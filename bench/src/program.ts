import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program under measurement; `await using` ends it. */
export interface Program extends AsyncDisposable {
  url: string;
  pid: number;
}

/** Starts a program and waits until its port responds to HTTP. Its output is read and discarded. */
export async function startProgram(
  port: number,
  script: string,
  args: string[],
  env: Record<string, string> = {},
  executable?: string,
): Promise<Program> {
  const child = spawn(executable ?? process.execPath, executable ? args : [script, ...args], {
    env: { ...env, PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  const url = `http://127.0.0.1:${port}`;
  for (let waited = 0; ; waited += 5) {
    if (child.exitCode !== null || waited > 15_000) throw new Error(`${script} does not answer at ${url}`);
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      break;
    await sleep(5);
  }
  return {
    url,
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
