import { qualifiedKind, qualifiedPlural } from '@bookinfo/mesh';
import { Command } from 'commander';
import { filenameOption } from '../options.js';
import { readSources } from '../read-sources.js';
import type { Repository } from '../repository.js';
import { addTarget, adminOf, type TargetOptions } from '../target.js';
import { print, printError } from '../output.js';

const examples = (command: string) => `
Examples:
  ${command} delete -f deploy/networking/virtual-service-reviews-test-v2.yaml
  cat rules.yaml | ${command} delete -f -`;

/** Returns the command that deletes the resources of files from the running mesh. */
export function deleteCommand(repository: Repository): Command {
  return addTarget(new Command('delete'))
    .description('Delete the resources that files name')
    .addOption(filenameOption('YAML file whose resources to delete').makeOptionMandatory())
    .addHelpText('after', examples(repository.command))
    .action((options: DeleteOptions) => deleteResources(options, repository));
}

interface DeleteOptions extends TargetOptions {
  filename: string[];
}

async function deleteResources(options: DeleteOptions, repository: Repository): Promise<void> {
  const admin = await adminOf(options, repository);
  const changes = await admin.delete(await readSources(options.filename));
  for (const { kind, name, action } of changes) {
    if (action === 'deleted') {
      print(`${qualifiedKind(kind)} "${name}" deleted\n`);
      continue;
    }
    printError(`Error from server (NotFound): ${qualifiedPlural(kind)} "${name}" not found\n`);
    process.exitCode = 1;
  }
}
