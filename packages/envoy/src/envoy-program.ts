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
  /** As `exited`; undefined while it runs. */
  ended: string | undefined;
  readonly #child: ChildProcess;
  #output = new OutputTail();
  /** Resolves with the exit code, signal or error with which it has ended. */
  readonly exited: Promise<string>;
  readonly #endWatch: (() => void) | undefined;

  /**
   * @param folder holds its configuration; removed too when this process ends
   * @param onAccessLog is called with each line of its standard output
   */
  constructor(
    executable: string,
    args: readonly string[],
    folder: string,
    onAccessLog: (line: string) => void,
  ) {
    this.#child = spawn(executable, [...ARGUMENTS, ...args], {
      // Not in the process group that a Ctrl-C goes to.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (this.#child.stdout) createInterface(this.#child.stdout).on('line', onAccessLog);
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#output.append(chunk));
    this.#endWatch = this.#child.pid === undefined ? undefined : endWithHost(this.#child.pid, folder);
    this.exited = this.#waitForExit();
  }

  /** The process id; undefined when the process could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The end of its standard error output, since `forgetOutput`. */
  get output(): string {
    return this.#output.toString();
  }

  forgetOutput(): void {
    this.#output = new OutputTail();
  }

  /** Sends SIGTERM, and SIGKILL after `graceMs` if it still runs; resolves when it has ended. */
  async stop(graceMs: number, clock: Clock): Promise<void> {
    this.#child.kill('SIGTERM');
    const cancel = clock.after(graceMs, () => this.#child.kill('SIGKILL'));
    await this.exited;
    cancel();
  }

  async #waitForExit(): Promise<string> {
    try {
      const [code, signal] = (await once(this.#child, 'close')) as [number | null, NodeJS.Signals | null];
      this.ended = signal ? `signal ${signal}` : `exit code ${code}`;
    } catch (error) {
      this.ended = (error as Error).message;
    }
    this.#endWatch?.();
    return this.ended;
  }
}
