import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const START_DEADLINE_MS = 60_000;

/** A database server that a test can kill and start again on the same port. */
export class ServerProcess {
  private child: ChildProcess | undefined;
  private output = '';

  /** @param isReady rejects until the server accepts requests */
  constructor(
    private readonly program: string,
    private readonly args: string[],
    private readonly isReady: () => Promise<unknown>,
  ) {}

  async start(): Promise<void> {
    const child = spawn(this.program, this.args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (this.output += String(chunk)));
    const deadline = performance.now() + START_DEADLINE_MS;
    for (;;) {
      const failure = await this.isReady().then(
        () => undefined,
        (error: Error) => error,
      );
      if (!failure) return;
      if (child.exitCode !== null || performance.now() > deadline) {
        await this.kill();
        throw new Error(`${this.program} did not start: ${failure.message}\n${this.output}`, {
          cause: failure,
        });
      }
      await sleep(100);
    }
  }

  /** Kills the server without a shutdown, as a crash does. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
