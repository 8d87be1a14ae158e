import { MeshUnreachable } from '@bookinfo/mesh';
import { formatTable } from '@bookinfo/text';
import { Command } from 'commander';
import { describeListener } from '../describe-listener.js';
import type { Repository } from '../repository.js';
import { addTarget, adminOf, type TargetOptions } from '../target.js';
import { print } from '../output.js';

const examples = (command: string) => `
Examples:
  ${command} status
  ${command} status --json

Exit code: 0 when a mesh runs, 1 when none does.`;

interface StatusOptions extends TargetOptions {
  json?: true;
}

/** Returns the command that shows the running mesh. */
export function statusCommand(repository: Repository): Command {
  return addTarget(new Command('status'))
    .description('Show whether a mesh runs: its ports, its process, since when, and its pods')
    .option('--json', 'as JSON')
    .addHelpText('after', examples(repository.command))
    .action((options: StatusOptions) => status(options, repository));
}

async function status(options: StatusOptions, repository: Repository): Promise<void> {
  const { json } = options;
  const admin = await adminOf(options, repository);
  const adminPort = Number(new URL(admin.url).port);
  try {
    const { url, gateways, pid, startedAt, dataPlane } = await admin.mesh();
    const [, ...otherListeners] = gateways;
    const { tables, items: pods } = await admin.get('pods');
    const console = await admin.consoleUrl();
    const description = {
      running: true,
      url,
      gateways,
      gatewayPort: Number(new URL(url).port),
      adminPort,
      pid,
      startedAt,
      dataPlane,
      ...(console !== undefined && { console }),
    };
    print(
      json
        ? `${JSON.stringify({ ...description, pods }, null, 2)}\n`
        : [
            `Gateway     ${url}`,
            ...otherListeners.map((each) => `            ${describeListener(each)}`),
            `Admin port  ${adminPort}`,
            ...(console === undefined ? [] : [`Console     ${console}`]),
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
