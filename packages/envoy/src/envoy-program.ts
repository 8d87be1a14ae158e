import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Clock, OutputTail } from '@bookinfo/effects';

/**
 * One worker, as the embedded proxy has one thread; no shared memory that another Envoy may hold; and of the server
 * itself no advice for the edge of a network.
 */
const ARGUMENTS = ['--concurrency', '1', '--disable-hot-restart'].concat(
  ['--log-level', 'warning'],
  ['--component-log-level', 'main:error'],
);

/** The program Envoy while it runs. It ends with this process at the latest. */
export class EnvoyProgram {
  /** How it ended, in words; undefined as long as it runs. */
  ended: string | undefined;
  readonly #child: ChildProcess;
  readonly #output = new OutputTail();
  readonly #exited: Promise<void>;
  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
  };

  /** @param onAccessLog gets each line of its standard output */
  constructor(executable: string, args: readonly string[], onAccessLog: (line: string) => void) {
    this.#child = spawn(executable, [...ARGUMENTS, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    if (this.#child.stdout) createInterface(this.#child.stdout).on('line', onAccessLog);
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#output.append(chunk));
    process.once('exit', this.#kill);
    this.#exited = this.#waitForExit();
  }

  /** Undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The last that it has said. */
  get output(): string {
    return this.#output.toString();
  }

  /** Asks it to end, and kills it when it hasn't after `graceMs`. */
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
  }
}
