import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './repository.ts';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A running program: its output so far, and its end. */
export interface Running {
  process: ChildProcess;
  output: () => string;
  finished: Promise<Finished>;
}

/** Starts a program of the repository by the Node that runs the tests. */
export function start(script: string, args: string[] = [], env: Record<string, string> = {}): Running {
  // XDG_RUNTIME_DIR and TMPDIR lead to the token file of the admin endpoint.
  const { PATH, ENVOY_PATH, XDG_RUNTIME_DIR, TMPDIR } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { PATH, ENVOY_PATH, XDG_RUNTIME_DIR, TMPDIR, NO_COLOR: '1', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const finished = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { process: child, output: () => stdout + stderr, finished };
}

/** Runs the `bookinfo` command to its end, with `input` as its standard input. */
export function bookinfo(args: string[], input = ''): Promise<Finished> {
  const running = start('packages/cli/bin/bookinfo.js', args);
  running.process.stdin?.end(input);
  return running.finished;
}

/**
 * Waits until the program's output contains `text`.
 * @throws {Error} with the output, when the program has ended or hangs.
 */
export async function outputHas(running: Running, text: string, withinMs = 100_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!running.output().includes(text)) {
    if (running.process.exitCode !== null || Date.now() > deadline) {
      throw new Error(`no ${JSON.stringify(text)} in the output:\n${running.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
