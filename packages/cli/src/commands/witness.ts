import { Command, Option } from 'commander';
import { printError } from '../output.js';
import type { Repository } from '../repository.js';

const examples = (command: string) => `
Examples:
  ${command} witness --context kind-kind | kubectl --context kind-kind apply -f -
  kubectl --context kind-kind delete pods --selector bookinfo/witness

A witness is a pod with the labels and the ServiceAccount of a Deployment: its sidecar has the same rules and the same
identity. \`verify --context\` asks through it, by a forwarded port, what the Deployment's own pods would ask. It runs the Envoy
of its sidecar's image. It is never ready, so that no Service sends it requests. This command changes nothing: it writes the pods, one
for each Deployment whose pods have a sidecar. Delete them afterwards: a HorizontalPodAutoscaler counts them.`;

interface WitnessOptions {
  context: string;
  namespace?: string;
}

/** Returns the command that writes the pods by which `verify` asks as the workloads of a cluster. */
export function witnessCommand(repository: Repository): Command {
  return new Command('witness')
    .description('Write pods that ask as the workloads of a cluster, for verify --context')
    .addOption(new Option('--context <name>', 'context of the kubeconfig').makeOptionMandatory())
    .option('-n, --namespace <name>', 'namespace of the workloads (default: that of the context)')
    .addHelpText('after', examples(repository.command))
    .action(async ({ context, namespace }: WitnessOptions) => {
      const { Cluster, readCluster, witnessPods, yamlOf } = await import('@bookinfo/cluster');
      const cluster = new Cluster(context, namespace);
      const state = await readCluster(cluster);
      for (const warning of state.warnings) printError(`warning: ${warning}\n`);
      process.stdout.write(yamlOf(witnessPods(cluster, state)));
    });
}
