import { Worker } from 'node:worker_threads';
import { errorOfKind } from '../controller/known-errors.js';
import type {
  ControllerSettings,
  OperationName,
  Operations,
  Reply,
  TablesUpdate,
} from '../controller/messages.js';

interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** Its built form also serves the tests, which run from the sources. */
const PROGRAM = import.meta.resolve('@bookinfo/mesh/controller');

/** The thread of the `Controller`. Requests are carried out one after the other, in their order. */
export class ControllerThread {
  readonly #worker: Worker;
  readonly #onTables: (tables: TablesUpdate) => void;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;
  #end: Error | undefined;

  /** Starts the thread. `onTables` is called with the tables that a request has changed, in order, before its promise resolves. */
  constructor(settings: ControllerSettings, onTables: (tables: TablesUpdate) => void) {
    this.#onTables = onTables;
    this.#worker = new Worker(new URL(PROGRAM), { name: 'controller', workerData: settings });
    this.#worker
      .on('message', (reply: Reply) => this.#onReply(reply))
      .on('error', (cause) => {
        const reason = cause instanceof Error ? cause.message : String(cause);
        this.#endWith(new Error(`the control plane has ended: ${reason}`, { cause }));
      })
      .on('exit', () => this.#endWith(new Error('the control plane has ended')));
  }

  /**
   * Asks for an operation.
   * @throws {Error} that of the operation; or, after a crash of the thread, one with its cause.
   */
  request<Name extends OperationName>(
    name: Name,
    ...parameters: Parameters<Operations[Name]>
  ): Promise<ReturnType<Operations[Name]>> {
    return new Promise((resolve, reject) => {
      if (this.#end) {
        reject(this.#end);
        return;
      }
      const id = this.#nextId;
      this.#nextId += 1;
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a thread, not a window
      this.#worker.postMessage({ id, name, parameters });
    });
  }

  /** Ends the thread; requests that have no reply yet are rejected. */
  async close(): Promise<void> {
    this.#endWith(new Error('the mesh is stopped'));
    await this.#worker.terminate();
  }

  #onReply(reply: Reply): void {
    if (reply.tables) this.#onTables(reply.tables);
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('error' in reply) waiting?.reject(errorOfKind(reply.error, reply.kind));
    else waiting?.resolve(reply.result);
  }

  /** The first reason counts. */
  #endWith(error: Error): void {
    this.#end ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#end);
    this.#waiting.clear();
  }
}
