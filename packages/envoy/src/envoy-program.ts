import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Clock, OutputTail } from '@bookinfo/effects';
import { endWithHost } from './end-with-host.js';

/**
 * Options of every Envoy: one worker, since the embedded proxy has one thread; no shared memory, which allows only one
 * Envoy per base id; and only errors from `main`, which otherwise warns about settings for an edge proxy.
 */
const ARGUMENTS = ['--concurrency', '1', '--disable-hot-restart'].concat(
  ['--log-level', 'warning'],
  ['--component-log-level', 'main:error'],
);

/** A running Envoy process. It is killed when this process ends, by a signal too. */
export class EnvoyProgram {
  /** The exit code, signal or error with which it ended; undefined while it runs. */
  ended: string | undefined;
  readonly #child: ChildProcess;
  readonly #output = new OutputTail();
  readonly #exited: Promise<void>;
  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
  };
  readonly #endWatch: (() => void) | undefined;

  /** @param onAccessLog is called with each line of its standard output */
  constructor(executable: string, args: readonly string[], onAccessLog: (line: string) => void) {
    this.#child = spawn(executable, [...ARGUMENTS, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    if (this.#child.stdout) createInterface(this.#child.stdout).on('line', onAccessLog);
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#output.append(chunk));
    process.once('exit', this.#kill);
    this.#endWatch = this.#child.pid === undefined ? undefined : endWithHost(this.#child.pid);
    this.#exited = this.#waitForExit();
  }

  /** The process id; undefined when the process could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The end of its standard error output. */
  get output(): string {
    return this.#output.toString();
  }

  /** Sends SIGTERM, and SIGKILL after `graceMs` if it still runs; resolves when it has ended. */
  async stop(graceMs: number, clock: Clock): Promise<void> {
    this.#child.kill('SIGTERM');
    const cancel = clock.after(graceMs, this.#kill);
    await this.#exited;
    cancel();
  }

  async #waitForExit(): Promise<void> {
    try {
      const [code, signal] = (await once(this.#child, 'close')) as [number | null, NodeJS.Signals | null];
      this.ended = signal ? `signal ${signal}` : `exit code ${code}`;
    } catch (error) {
      this.ended = (error as Error).message;
    }
    process.off('exit', this.#kill);
    this.#endWatch?.();
  }
}
