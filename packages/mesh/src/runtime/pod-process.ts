import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type Clock, OutputTail } from '@bookinfo/effects';

/** How a process ended, in words: `exit code 1`, `signal SIGKILL`. */
export type ExitReason = string;

/**
 * Loaded before the program. When the channel to us breaks, we are dead without having stopped the pod (SIGKILL):
 * then it must not stay behind. Unreferenced, so that the channel alone doesn't keep a program running.
 */
const END_WITH_PARENT = `
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
`;
const PRELOAD = `data:text/javascript,${encodeURIComponent(END_WITH_PARENT)}`;

/** A program as a group of processes of its own, so that nothing that it starts stays behind. */
export class PodProcess {
  readonly output = new OutputTail();
  /** Settles when the program has ended and its output is complete. */
  readonly exited: Promise<ExitReason>;
  readonly #child: ChildProcess;
  #hasExited = false;

  constructor(program: string, environment: Record<string, string>) {
    this.#child = spawn(process.execPath, ['--import', PRELOAD, program], {
      env: environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => this.output.append(chunk));
    this.exited = this.#waitForExit();
  }

  /** Asks the program to end, and kills it and all that it started when it hasn't after `graceMs`. */
  async stop(graceMs: number, clock: Clock): Promise<void> {
    this.#signal('SIGTERM');
    const cancel = clock.after(graceMs, () => this.kill());
    await this.exited;
    cancel();
  }

  /** Ends it at once; returns before it is gone. */
  kill(): void {
    this.#signal('SIGKILL');
  }

  async #waitForExit(): Promise<ExitReason> {
    this.#child.once('exit', () => {
      this.#hasExited = true;
      // What it has started and left behind would also hold its output open, for ever.
      signalGroup(this.#child.pid, 'SIGKILL');
    });
    try {
      const [code, signal] = (await once(this.#child, 'close')) as [number | null, NodeJS.Signals | null];
      return signal ? `signal ${signal}` : `exit code ${code}`;
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Not after its end, when its number may be another's. */
  #signal(signal: NodeJS.Signals): void {
    if (!this.#hasExited) signalGroup(this.#child.pid, signal);
  }
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch (error) {
    // No such group: all of its processes have ended.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
