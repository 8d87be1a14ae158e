import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { assertCompose } from '@bookinfo/mesh';
import { Command } from 'commander';
import { print } from '../output.js';
import type { Repository } from '../repository.js';
import { addTarget, adminOf, composeProject, type TargetOptions } from '../target.js';

const examples = (command: string) => `
Examples:
  ${command} logs reviews-v1
  ${command} logs reviews-v1 --target compose --follow

A local mesh keeps the last 64 KiB of each pod's output. In containers, the output of the application and of its proxy comes
from \`docker compose logs\`.`;

interface LogsOptions extends TargetOptions {
  namespace: string;
  follow?: true;
}

/** Returns the command that prints the output of a Deployment's pods. */
export function logsCommand(repository: Repository): Command {
  return addTarget(new Command('logs'))
    .description("Show the output of a Deployment's pods")
    .argument('<deployment>', 'name of a Deployment')
    .option('-n, --namespace <namespace>', 'namespace of the Deployment', 'default')
    .option('--follow', 'with containers: go on until Ctrl-C')
    .addHelpText('after', examples(repository.command))
    .action((deployment: string, options: LogsOptions) => logs(deployment, options, repository));
}

async function logs(deployment: string, options: LogsOptions, repository: Repository): Promise<void> {
  const project = await composeProject(options, repository);
  if (project) return composeLogs(project.name, deployment, options, repository);
  if (options.follow)
    throw new Error('--follow needs --target compose: a local mesh keeps only the last output');
  const admin = await adminOf(options, repository);
  const { pods } = await admin.logs(deployment, options.namespace);
  for (const { pod, output } of pods) print(output.replaceAll(/^(?=.)/gm, `${pod} | `));
}

async function composeLogs(
  project: string,
  deployment: string,
  { follow }: LogsOptions,
  { resolve }: Repository,
): Promise<void> {
  await assertCompose();
  const services = [`${deployment}-app`, `${deployment}-proxy`];
  const args = ['compose', '--project-name', project, '--project-directory', resolve('.'), 'logs'];
  const child = spawn('docker', [...args, ...(follow ? ['--follow'] : []), ...services], {
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'close')) as [number | null];
  process.exitCode = code ?? 1;
}
