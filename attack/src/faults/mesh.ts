import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OutputTail } from '@bookinfo/effects';
import { AdminClient, MeshUnreachable } from '@bookinfo/mesh';
import { deadEndpoint } from '@bookinfo/testing';
import { childrenOf, titleOf, usageOf, type Usage } from './processes.ts';

const CLI = join(import.meta.dirname, '../../../packages/cli/bin/bookinfo.js');
const DEPLOYMENTS = 6;
const MAX_READY_MS = 60_000;
const POLL_MS = 50;
/** Time to end by SIGTERM, with all pods; then the program is killed, and its pods end with it. */
const MAX_END_MS = 15_000;

/** A running `bookinfo up`; `await using` ends it. */
export class Mesh implements AsyncDisposable {
  readonly replicas: number;
  readonly port: number;
  readonly admin: AdminClient;
  readonly #process: ChildProcess;
  readonly #output = new OutputTail();

  private constructor(replicas: number, port: number, adminPort: number) {
    this.replicas = replicas;
    this.port = port;
    this.admin = new AdminClient(adminPort);
    const args = ['up', '--replicas', replicas, '--port', port, '--admin-port', adminPort].map(String);
    this.#process = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (chunk: Buffer) => this.#output.append(chunk));
    process.once('exit', this.#end);
  }

  /**
   * Starts Bookinfo on free ports, and waits until all pods are ready.
   * @throws {Error} when they are not after a minute.
   */
  static async start(replicas: number): Promise<Mesh> {
    const [gateway, admin] = [await deadEndpoint('gateway'), await deadEndpoint('admin')];
    const mesh = new Mesh(replicas, gateway.port, admin.port);
    try {
      await mesh.isComplete();
      return mesh;
    } catch (error) {
      await mesh[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Resolves when all pods are ready.
   * @throws {Error} when they are not after a minute.
   */
  async isComplete(): Promise<void> {
    const deadline = Date.now() + MAX_READY_MS;
    while ((await this.#readyPods()) !== DEPLOYMENTS * this.replicas) {
      if (this.#hasEnded()) throw new Error(`bookinfo up has ended:\n${this.#output.toString()}`);
      if (Date.now() > deadline)
        throw new Error(`not all pods are ready after ${MAX_READY_MS / 1000} s:\n${this.#output.toString()}`);
      await sleep(POLL_MS);
    }
  }

  /**
   * Sends a signal to one process of a service, and returns its id.
   * @throws {Error} when the service has none.
   */
  signal(service: string, signal: NodeJS.Signals): number {
    const pid = childrenOf(this.#pid).find((child) => titleOf(child) === service);
    if (pid === undefined) throw new Error(`no process of ${service}`);
    process.kill(pid, signal);
    return pid;
  }

  /** Continues a stopped process, unless the mesh has ended it since. */
  continue(pid: number): void {
    if (childrenOf(this.#pid).includes(pid)) process.kill(pid, 'SIGCONT');
  }

  usage(): Usage {
    return usageOf(this.#pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.off('exit', this.#end);
    if (this.#hasEnded()) return;
    const killer = setTimeout(() => this.#process.kill('SIGKILL'), MAX_END_MS);
    this.#end();
    await once(this.#process, 'exit');
    clearTimeout(killer);
  }

  readonly #end = (): void => {
    this.#process.kill('SIGTERM');
  };

  #hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  get #pid(): number {
    return this.#process.pid ?? 0;
  }

  async #readyPods(): Promise<number> {
    try {
      const { items } = await this.admin.get('pods');
      return (items as { status: { ready: boolean } }[]).filter(({ status }) => status.ready).length;
    } catch (error) {
      if (error instanceof MeshUnreachable) return 0;
      throw error;
    }
  }
}
