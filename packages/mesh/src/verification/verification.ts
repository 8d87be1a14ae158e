import { Worker } from 'node:worker_threads';
import type { Source } from '@bookinfo/rules';
import { AdminError } from '../admin/admin-error.js';
import type { ResponseOf } from '../admin/api.js';
import type { VerificationMessage, VerificationSettings } from './messages.js';

type State = ResponseOf<'verification'>;

/** Its built form also serves the tests, which run from the sources. */
const PROGRAM = import.meta.resolve('@bookinfo/mesh/verification');
const IDLE: State = { state: 'idle', done: 0, of: 0 };

/** Runs `verify` on this mesh, on a thread of its own, one at a time. */
export class Verification {
  readonly #settings: () => Pick<VerificationSettings, 'adminPort' | 'workloads'>;
  #state = IDLE;
  #worker: Worker | undefined;

  constructor(settings: () => Pick<VerificationSettings, 'adminPort' | 'workloads'>) {
    this.#settings = settings;
  }

  /** How far it is, or the report of the last one that has ended. */
  get state(): State {
    return this.#state;
  }

  /**
   * Begins to compare the files with live traffic.
   * @throws {AdminError} when one runs.
   */
  start(sources: readonly Source[], shift?: number): void {
    if (this.#worker) throw new AdminError(409, 'a verification runs; stop it, or wait for its end');
    const settings: VerificationSettings = {
      ...this.#settings(),
      sources,
      ...(shift !== undefined && { shift }),
    };
    const worker = new Worker(new URL(PROGRAM), { name: 'verification', workerData: settings });
    this.#worker = worker;
    this.#state = { ...IDLE, state: 'running' };
    worker
      .on('message', (message: VerificationMessage) => this.#onMessage(worker, message))
      .on('error', (error) => this.#onMessage(worker, { kind: 'failure', error: String(error) }))
      .on('exit', () => {
        if (this.#worker === worker) this.#worker = undefined;
      });
  }

  /** Ends the one that runs, without a report. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = undefined;
    this.#state = IDLE;
    await worker.terminate();
  }

  #onMessage(worker: Worker, message: VerificationMessage): void {
    if (this.#worker !== worker) return;
    switch (message.kind) {
      case 'progress':
        this.#state = { state: 'running', done: message.done, of: message.of, claim: message.claim };
        return;
      case 'report':
        this.#state = {
          state: 'ended',
          done: this.#state.of,
          of: this.#state.of,
          report: JSON.parse(message.json) as Record<string, unknown>,
          text: message.text,
        };
        break;
      case 'failure':
        this.#state = { ...this.#state, state: 'failed', error: message.error };
    }
    // The next one may begin before the thread has ended.
    this.#worker = undefined;
  }
}
