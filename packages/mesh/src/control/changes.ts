import { gatewayProxies, type GatewayProxy } from '@bookinfo/compiler';
import type { ChangeResult } from '../admin/administered-mesh.js';
import type { EnforcedChange } from '../controller/messages.js';
import type { RefusedChange } from '../controller/plan-change.js';
import { TableRefused } from '../data-plane/data-plane.js';
import type { MeshRuntime } from '../runtime/mesh-runtime.js';
import type { ControllerThread } from './controller-thread.js';
import type { Gateways } from './gateways.js';
import type { MeshProxies } from './mesh-proxies.js';
import { writeState } from './state-file.js';

interface Parts {
  controller: Pick<ControllerThread, 'request'>;
  proxies: Pick<MeshProxies, 'inForce'>;
  gateways: Pick<Gateways, 'reconcile'>;
  runtime: Pick<MeshRuntime, 'reconcile'>;
}

/** Carries out the changes of resources one after the other, because a proxy that refuses one brings the former resources back. */
export class Changes {
  readonly #parts: Parts;
  /** Those of the resources in force. */
  #gatewayProxies: readonly GatewayProxy[] = gatewayProxies([]);
  /** Settled when the latest change is in force or has been refused. */
  #latest: Promise<unknown> = Promise.resolve();
  /** The file that the state is kept in. */
  #stateFile: string | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Opens the listeners that a mesh without resources has.
   * @throws {ListenError} when a local port cannot be listened on.
   */
  openGateways(): Promise<void> {
    return this.#parts.gateways.reconcile(this.#gatewayProxies);
  }

  /** Asks the controller for a change; resolves when it is in force everywhere, or with the problems for which it is not. */
  carryOut(request: () => Promise<EnforcedChange | RefusedChange>): Promise<ChangeResult> {
    const change = this.#latest.then(() => this.#carryOutNow(request));
    this.#latest = change.catch(() => undefined);
    return change;
  }

  /** Keeps the state in the file from now on: that of now, and that after each change. */
  keep(stateFile: string): Promise<void> {
    this.#stateFile = stateFile;
    return this.#save();
  }

  async #carryOutNow(request: () => Promise<EnforcedChange | RefusedChange>): Promise<ChangeResult> {
    const change = await request();
    if ('problems' in change) return change;
    const { changes, notices, warnings, workloads, gateways, origins } = change;
    try {
      await this.#parts.proxies.inForce();
      await this.#parts.gateways.reconcile(gateways);
    } catch (error) {
      await this.#undo();
      if (!(error instanceof TableRefused)) throw error;
      const { message, problem } = error;
      return { problems: problem ? [problem] : origins.map((origin) => ({ ...origin, message })) };
    }
    this.#gatewayProxies = gateways;
    this.#parts.runtime.reconcile(workloads);
    await this.#save();
    return { changes, notices, warnings };
  }

  async #save(): Promise<void> {
    if (this.#stateFile === undefined) return;
    await writeState(this.#stateFile, await this.#parts.controller.request('save'));
  }

  async #undo(): Promise<void> {
    const { controller, proxies, gateways } = this.#parts;
    await controller.request('undo');
    await proxies.inForce();
    await gateways.reconcile(this.#gatewayProxies);
  }
}
