import { parentPort, workerData } from 'node:worker_threads';
import { Controller } from './controller.js';
import { kindOfError } from './known-errors.js';
import type { ControllerSettings, Reply, Request } from './messages.js';
import type { WorkloadModule } from './workload-module.js';

// The controller's thread: what takes time is done here, so that it does not hold up traffic.

const settings = workerData as ControllerSettings;
const controller = new Controller(settings, (await import(settings.workloads)) as WorkloadModule);

parentPort?.on('message', ({ id, name, parameters }: Request) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a thread, not a window
  parentPort?.postMessage(replyTo(id, name, parameters));
});

function replyTo(id: number, name: Request['name'], parameters: Request['parameters']): Reply {
  try {
    const operation = controller.operations[name] as (...args: unknown[]) => unknown;
    const result = operation(...parameters);
    return { id, result, tables: controller.takeTables() };
  } catch (error) {
    return { id, error: error as Error, kind: kindOfError(error) };
  }
}
