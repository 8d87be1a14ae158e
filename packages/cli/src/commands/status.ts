import { AdminClient, MeshUnreachable } from '@bookinfo/mesh';
import { formatTable } from '@bookinfo/text';
import { Command } from 'commander';
import { describeListener } from '../describe-listener.js';
import { adminPortOption } from '../options.js';
import type { Repository } from '../repository.js';
import { print } from '../output.js';

const examples = (command: string) => `
Examples:
  ${command} status
  ${command} status --json

Exit code: 0 when a mesh runs, 1 when none does.`;

interface StatusOptions {
  adminPort: number;
  json?: true;
}

/** Returns the command that shows the running mesh. */
export function statusCommand({ command }: Repository): Command {
  return new Command('status')
    .description('Show whether a mesh runs: its ports, its process, since when, and its pods')
    .option('--json', 'as JSON')
    .addOption(adminPortOption())
    .addHelpText('after', examples(command))
    .action(status);
}

async function status({ adminPort, json }: StatusOptions): Promise<void> {
  const admin = new AdminClient(adminPort);
  try {
    const { url, gateways, pid, startedAt, dataPlane } = await admin.mesh();
    const [, ...otherListeners] = gateways;
    const { tables, items: pods } = await admin.get('pods');
    const description = {
      running: true,
      url,
      gateways,
      gatewayPort: Number(new URL(url).port),
      adminPort,
      pid,
      startedAt,
      dataPlane,
    };
    print(
      json
        ? `${JSON.stringify({ ...description, pods }, null, 2)}\n`
        : [
            `Gateway     ${url}`,
            ...otherListeners.map((each) => `            ${describeListener(each)}`),
            `Admin port  ${adminPort}`,
            `Data plane  ${dataPlane}`,
            `Process     ${pid}`,
            `Since       ${startedAt}`,
            '',
            ...tables.map(formatTable),
            '',
          ].join('\n'),
    );
  } catch (error) {
    if (!json || !(error instanceof MeshUnreachable)) throw error;
    print(`${JSON.stringify({ running: false, adminPort }, null, 2)}\n`);
    process.exitCode = 1;
  }
}
