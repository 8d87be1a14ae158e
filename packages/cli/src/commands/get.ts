import { formatTable } from '@bookinfo/text';
import { Command } from 'commander';
import type { Repository } from '../repository.js';
import { addTarget, adminOf, type TargetOptions } from '../target.js';
import { print, printError } from '../output.js';

const examples = (command: string) => `
Kinds: all, pods (po), services (svc), serviceaccounts (sa), secrets (without their
       data), deployments (deploy), gateways (gw), virtualservices (vs), destinationrules (dr), serviceentries (se), of the Gateway API gateways (gtw),
       httproutes, referencegrants (refgrant), and of Istio 0.2 routerules, destinationpolicies, egressrules

Examples:
  ${command} get
  ${command} get pods
  ${command} get vs reviews --json`;

/** Returns the command that prints resources and pods of the running mesh. */
export function getCommand(repository: Repository): Command {
  return addTarget(new Command('get'))
    .description('Show resources and pods of the mesh')
    .argument('[kind]', 'kind of resource', 'all')
    .argument('[name]', 'name of one resource')
    .option('--json', 'as JSON, in the format of Kubernetes')
    .addHelpText('after', examples(repository.command))
    .action((kind: string, name: string | undefined, options: GetOptions) =>
      get(kind, name, options, repository),
    );
}

interface GetOptions extends TargetOptions {
  json?: true;
}

async function get(
  kind: string,
  name: string | undefined,
  options: GetOptions,
  repository: Repository,
): Promise<void> {
  const { tables, items } = await (await adminOf(options, repository)).get(kind, name);
  if (options.json) {
    const shown =
      name !== undefined && items.length === 1 ? items[0] : { apiVersion: 'v1', kind: 'List', items };
    print(`${JSON.stringify(shown, null, 2)}\n`);
  } else if (items.length === 0) {
    printError('No resources found.\n');
  } else {
    print(`${tables.map(formatTable).join('\n\n')}\n`);
  }
}
