import { AdminClient, MeshUnreachable, type MeshDescription } from '@bookinfo/mesh';
import { Command } from 'commander';
import { adminPortOption } from '../options.js';
import type { Repository } from '../repository.js';
import { waitForEnd } from '../wait-for-end.js';
import { print } from '../output.js';

/** Longer than `up` takes for its own end, pods that ignore SIGTERM included. */
const LIMIT_MS = 15_000;

const examples = (command: string) => `
Examples:
  ${command} down
  ${command} down --admin-port 15001

Exit code: 0 when no mesh runs any more, whether one ran or not.`;

/** Returns the command that stops the running mesh. */
export function downCommand({ command }: Repository): Command {
  return new Command('down')
    .description('Stop the mesh and wait until all of its processes have ended')
    .addOption(adminPortOption())
    .addHelpText('after', examples(command))
    .action(({ adminPort }: { adminPort: number }) => down(adminPort));
}

async function down(adminPort: number): Promise<void> {
  const mesh = await runningMesh(new AdminClient(adminPort));
  if (!mesh) {
    print(`Nothing to stop: no mesh has its admin endpoint on port ${adminPort}.\n`);
    return;
  }
  process.kill(mesh.pid, 'SIGTERM');
  if (!(await waitForEnd(mesh.pid, LIMIT_MS)))
    throw new Error(
      `Process ${mesh.pid} has not ended after ${LIMIT_MS / 1000} s. End it with: kill -9 ${mesh.pid}`,
    );
  print(`Bookinfo at ${mesh.url} has stopped.\n`);
}

async function runningMesh(admin: AdminClient): Promise<MeshDescription | undefined> {
  try {
    return await admin.mesh();
  } catch (error) {
    if (error instanceof MeshUnreachable) return undefined;
    throw error;
  }
}
