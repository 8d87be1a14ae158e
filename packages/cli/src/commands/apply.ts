import { qualifiedKind } from '@bookinfo/mesh';
import type { Kind } from '@bookinfo/rules';
import { Command } from 'commander';
import { describeListener } from '../describe-listener.js';
import { filenameOption } from '../options.js';
import { readSources } from '../read-sources.js';
import { reportNotices, strictOption } from '../report-notices.js';
import type { Repository } from '../repository.js';
import { addTarget, adminOf, type TargetOptions } from '../target.js';
import { print, printError } from '../output.js';

const examples = (command: string) => `
Examples:
  ${command} apply -f deploy/networking/virtual-service-reviews-test-v2.yaml
  ${command} apply -f rules.yaml -f more-rules.yaml
  cat rules.yaml | ${command} apply -f -`;

/** Returns the command that applies files to the running mesh. */
export function applyCommand(repository: Repository): Command {
  return addTarget(new Command('apply'))
    .description('Create or change the resources of files, all or none')
    .addOption(filenameOption('YAML file to apply').makeOptionMandatory())
    .addOption(strictOption())
    .addHelpText('after', examples(repository.command))
    .action((options: ApplyOptions) => apply(options, repository));
}

/** The kinds that listeners of gateways depend on. */
const LISTENER_KINDS: readonly Kind[] = ['Gateway', 'Gateway.gateway.networking.k8s.io', 'Secret'];

interface ApplyOptions extends TargetOptions {
  filename: string[];
  strict?: true;
}

async function apply(options: ApplyOptions, repository: Repository): Promise<void> {
  const { filename, strict } = options;
  const admin = await adminOf(options, repository);
  const { changes, notices, warnings } = await admin.apply(await readSources(filename), strict);
  reportNotices(notices);
  for (const warning of warnings) printError(`Warning: ${warning}\n`);
  for (const { kind, name, action } of changes) print(`${qualifiedKind(kind)}/${name} ${action}\n`);
  const kinds = new Set<Kind>(changes.map(({ kind }) => kind));
  if (!LISTENER_KINDS.some((kind) => kinds.has(kind))) return;
  for (const listener of (await admin.mesh()).gateways) print(`${describeListener(listener)}\n`);
}
