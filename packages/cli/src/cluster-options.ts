import { type Command, Option } from 'commander';

/** The options that select a cluster in the place of the mesh that runs here. */
export interface ClusterOptions {
  context?: string | undefined;
  namespace?: string | undefined;
}

/** Adds `ClusterOptions` to a command. */
export function addCluster(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--context <name>',
        'cluster of this context of the kubeconfig, which is only read',
      ).conflicts('target'),
    )
    .option(
      '-n, --namespace <name>',
      'namespace of the cluster, of its workloads, and of resources in files that name none (default: that of the context)',
    )
    .hook('preAction', (_, action) => {
      const { namespace, context } = action.opts<ClusterOptions>();
      if (namespace !== undefined && context === undefined)
        action.error('error: --namespace needs --context: it is one of a cluster');
    });
}

/** Returns the workload of `--from` in the namespace, unless it names one. */
export function inNamespace(from: string | undefined, namespace: string): string | undefined {
  return from === undefined || from.includes('/') ? from : `${namespace}/${from}`;
}
