import { bookinfo } from '@bookinfo/application';
import { check, type Finding, formatFinding } from '@bookinfo/analysis';
import { Command } from 'commander';
import { clusterModel } from '../cluster-model.js';
import { addCluster, type ClusterOptions } from '../cluster-options.js';
import {
  istioVersionOption,
  meshConfigOf,
  type MeshConfigOptions,
  outboundTrafficPolicyOption,
} from '../mesh-config.js';
import { offlineModel } from '../offline-model.js';
import { filenameOption, sourceNames } from '../options.js';
import { strictOption } from '../report-notices.js';
import type { Repository } from '../repository.js';
import { print } from '../output.js';

const examples = (command: string) => `
Examples:
  ${command} check -f deploy/networking/virtual-service-reviews-test-v2.yaml
  ${command} check -f rules.yaml --json
  ${command} check --context kind-kind --namespace default
  ${command} check --context kind-kind -f rules.yaml

The files are added to Bookinfo's manifests, all at one moment: of two rules for one host the one whose name sorts first is
the older one, and the order of -f does not matter. An error makes requests fail, a warning is a likely mistake, a note says
what the rules do. The notes [witness] are requests that reach a rule; the analysis of paths, headers, query parameters and
regular expressions is exact. Each code in brackets has a page in docs/findings.

With --context the files are added to a cluster as it is, and without files all of its namespace is checked; a line is that of
\`kubectl get --output yaml\`.

Exit code: 0 with notes only; 1 with an error or a warning, or when a file can't be read.`;

interface CheckOptions extends MeshConfigOptions, ClusterOptions {
  filename?: string[];
  json?: true;
  strict?: true;
}

/** Returns the command that finds mistakes in rule files. */
export function checkCommand(repository: Repository): Command {
  return addCluster(new Command('check'))
    .description('Find rules that no request can reach, and missing destinations')
    .addOption(filenameOption('YAML file to check'))
    .addOption(istioVersionOption())
    .addOption(outboundTrafficPolicyOption())
    .addOption(strictOption())
    .option('--json', 'as JSON')
    .addHelpText('after', examples(repository.command))
    .action(async ({ json, ...options }: CheckOptions) => {
      const findings = await findingsOf(options, repository);
      const lines = findings.map((finding) => `${formatFinding(finding)}\n`);
      print(json ? `${JSON.stringify(findings, null, 2)}\n` : lines.join(''));
      if (findings.some(({ level }) => level !== 'note')) process.exitCode = 1;
    });
}

async function findingsOf(
  { filename, context, namespace, strict, ...meshConfig }: CheckOptions,
  repository: Repository,
): Promise<Finding[]> {
  if (context !== undefined) {
    const question = { namespace, filename, ...meshConfig };
    const { model, state } = await clusterModel(context, question, { allNotices: true, strict });
    return check(model, bookinfo, filename ? sourceNames(filename) : state.sources);
  }
  if (!filename) throw new Error('Name the files to check with -f, or a cluster with --context.');
  const model = await offlineModel(filename, repository, meshConfigOf(meshConfig), strict);
  return check(model, bookinfo, sourceNames(filename));
}
