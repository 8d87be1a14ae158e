import { AdminClient, qualifiedKind, qualifiedPlural } from '@bookinfo/mesh';
import { Command } from 'commander';
import { adminPortOption, filenameOption } from '../options.js';
import { readSources } from '../read-sources.js';
import type { Repository } from '../repository.js';
import { print, printError } from '../output.js';

const examples = (command: string) => `
Examples:
  ${command} delete -f deploy/networking/virtual-service-reviews-test-v2.yaml
  cat rules.yaml | ${command} delete -f -`;

/** Returns the command that deletes the resources of files from the running mesh. */
export function deleteCommand(repository: Repository): Command {
  return new Command('delete')
    .description('Delete the resources that files name')
    .addOption(filenameOption('YAML file whose resources to delete').makeOptionMandatory())
    .addOption(adminPortOption())
    .addHelpText('after', examples(repository.command))
    .action(deleteResources);
}

async function deleteResources(options: { filename: string[]; adminPort: number }): Promise<void> {
  const changes = await new AdminClient(options.adminPort).delete(await readSources(options.filename));
  for (const { kind, name, action } of changes) {
    if (action === 'deleted') {
      print(`${qualifiedKind(kind)} "${name}" deleted\n`);
      continue;
    }
    printError(`Error from server (NotFound): ${qualifiedPlural(kind)} "${name}" not found\n`);
    process.exitCode = 1;
  }
}
