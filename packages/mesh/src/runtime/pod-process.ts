import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type Clock, OutputTail } from '@bookinfo/effects';

/** The reason of a process's end as text: `exit code 1`, `signal SIGKILL`. */
export type ExitReason = string;

/**
 * Loaded before the program. The IPC channel breaks when the mesh's process was killed by SIGKILL and could not stop its
 * pods; then the program ends too. Unreferenced, so that the channel alone does not keep the program running.
 */
const END_WITH_PARENT = `
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
`;
const PRELOAD = `data:text/javascript,${encodeURIComponent(END_WITH_PARENT)}`;

/** A program in its own process group, so that its child processes end with it. */
export class PodProcess {
  readonly output = new OutputTail();
  /** Resolves when the program has ended and its output is complete. */
  readonly exited: Promise<ExitReason>;
  readonly #child: ChildProcess;
  readonly #onExit: () => void;
  #hasExited = false;

  /** `onExit` is called as soon as the program has ended, perhaps before its output is complete. */
  constructor(program: string, environment: Record<string, string>, onExit: () => void) {
    this.#onExit = onExit;
    this.#child = spawn(process.execPath, ['--import', PRELOAD, program], {
      env: environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => this.output.append(chunk));
    this.exited = this.#waitForExit();
  }

  /** Sends SIGTERM, and SIGKILL to the process group when the program has not ended after `graceMs`. */
  async stop(graceMs: number, clock: Clock): Promise<void> {
    this.#signal('SIGTERM');
    const cancel = clock.after(graceMs, () => this.kill());
    await this.exited;
    cancel();
  }

  /** Kills the process group; returns before it has ended. */
  kill(): void {
    this.#signal('SIGKILL');
  }

  async #waitForExit(): Promise<ExitReason> {
    this.#child.once('exit', () => {
      this.#hasExited = true;
      this.#onExit();
      // A child process that is left would hold the output open forever.
      signalGroup(this.#child.pid, 'SIGKILL');
    });
    try {
      const [code, signal] = (await once(this.#child, 'close')) as [number | null, NodeJS.Signals | null];
      return signal ? `signal ${signal}` : `exit code ${code}`;
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Sends a signal, unless the program has ended: its process id may have been reused. */
  #signal(signal: NodeJS.Signals): void {
    if (!this.#hasExited) signalGroup(this.#child.pid, signal);
  }
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch (error) {
    // ESRCH: all processes of the group have ended.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
