import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './repository.js';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A program that is running: its output so far, and its end. */
export interface Running {
  process: ChildProcess;
  output: () => string;
  finished: Promise<Finished>;
}

/** Starts a program of the repository under the Node that runs the tests. */
export function start(script: string, args: string[] = [], env: Record<string, string> = {}): Running {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { PATH, NO_COLOR: '1', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const finished = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { process: child, output: () => stdout + stderr, finished };
}

/** Runs the `bookinfo` command to its end; `input` goes to its standard input. */
export function bookinfo(args: string[], input = ''): Promise<Finished> {
  const running = start('packages/cli/bin/bookinfo.js', args);
  running.process.stdin?.end(input);
  return running.finished;
}

/** Waits until the program's output holds `text`; says what it held where it never does. */
export async function outputHas(running: Running, text: string, withinMs = 30_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!running.output().includes(text)) {
    if (running.process.exitCode !== null || Date.now() > deadline) {
      throw new Error(`waited for ${JSON.stringify(text)}, saw:\n${running.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
