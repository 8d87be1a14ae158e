import { AdminClient } from '@bookinfo/mesh';
import { Command, Option } from 'commander';
import { adminPortOption } from '../options.js';
import type { Repository } from '../repository.js';
import { print } from '../output.js';

const examples = (command: string) => `
Examples:
  ${command} restart reviews-v2
  ${command} restart details-v1 ratings-v1`;

/** Returns the command that replaces the pods of Deployments, as `kubectl rollout restart`. */
export function restartCommand({ command }: Repository): Command {
  return new Command('restart')
    .description('Replace the pods of Deployments; the old pods serve until the new ones are ready')
    .argument('<deployment...>', 'name of a Deployment')
    .addOption(new Option('-n, --namespace <namespace>', 'namespace of the Deployments').default('default'))
    .addOption(adminPortOption())
    .addHelpText('after', examples(command))
    .action(restart);
}

async function restart(
  deployments: readonly string[],
  options: { namespace: string; adminPort: number },
): Promise<void> {
  const admin = new AdminClient(options.adminPort);
  for (const deployment of deployments) {
    await admin.restart(deployment, options.namespace);
    print(`deployment.apps/${deployment} restarted\n`);
  }
}
