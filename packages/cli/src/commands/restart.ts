import { Command, Option } from 'commander';
import type { Repository } from '../repository.js';
import { addTarget, adminOf, type TargetOptions } from '../target.js';
import { print } from '../output.js';

const examples = (command: string) => `
Examples:
  ${command} restart reviews-v2
  ${command} restart details-v1 ratings-v1`;

/** Returns the command that replaces the pods of Deployments, as `kubectl rollout restart`. */
export function restartCommand(repository: Repository): Command {
  return addTarget(new Command('restart'))
    .description('Replace the pods of Deployments; the old pods serve until the new ones are ready')
    .argument('<deployment...>', 'name of a Deployment')
    .addOption(new Option('-n, --namespace <namespace>', 'namespace of the Deployments').default('default'))
    .addHelpText('after', examples(repository.command))
    .action((deployments: string[], options: RestartOptions) => restart(deployments, options, repository));
}

interface RestartOptions extends TargetOptions {
  namespace: string;
}

async function restart(
  deployments: readonly string[],
  options: RestartOptions,
  repository: Repository,
): Promise<void> {
  const admin = await adminOf(options, repository);
  for (const deployment of deployments) {
    await admin.restart(deployment, options.namespace);
    print(`deployment.apps/${deployment} restarted\n`);
  }
}
