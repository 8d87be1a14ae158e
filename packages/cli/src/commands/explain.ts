import { AdminClient } from '@bookinfo/mesh';
import { explain, explanationText, probeOf, type Explanation, type ProbeRequest } from '@bookinfo/analysis';
import { Command } from 'commander';
import {
  istioVersionOption,
  meshConfigOf,
  type MeshConfigOptions,
  outboundTrafficPolicyOption,
  refuseMeshConfig,
} from '../mesh-config.js';
import { offlineModel } from '../offline-model.js';
import { adminPortOption, filenameOption, fromOption, headerOption } from '../options.js';
import type { Repository } from '../repository.js';
import { print } from '../output.js';

const examples = (command: string) => `
Examples:
  ${command} explain GET http://localhost:9080/productpage
  ${command} explain GET http://reviews:9080/reviews/0 --from productpage -H 'end-user: jason'
  ${command} explain GET http://ratings:9080/ratings/0 --from reviews-v2 \\
    -f deploy/networking/virtual-service-ratings-test-delay.yaml

With -f no mesh has to run: the files are added to Bookinfo's manifests, as if they were applied to a new mesh.`;

interface ExplainOptions extends MeshConfigOptions {
  header: Record<string, string>;
  from?: string;
  filename?: string[];
  json?: true;
  adminPort: number;
}

/** Returns the command that explains which rule a request meets, and why not an earlier one. */
export function explainCommand(repository: Repository): Command {
  return new Command('explain')
    .description('Explain which rule a request meets, and why not an earlier one')
    .argument('<method>', 'HTTP method, such as GET')
    .argument('<url>', 'URL of the request, as its client writes it')
    .addOption(headerOption())
    .addOption(fromOption())
    .addOption(filenameOption('YAML file to use instead of the running mesh'))
    .addOption(istioVersionOption())
    .addOption(outboundTrafficPolicyOption())
    .option('--json', 'as JSON')
    .addOption(adminPortOption())
    .addHelpText('after', examples(repository.command))
    .action(async (method: string, url: string, options: ExplainOptions) => {
      const { header: headers, from, json } = options;
      const explanation = await explainRequest({ method, url, headers, from }, options, repository);
      print(`${json ? JSON.stringify(explanation, null, 2) : explanationText(explanation)}\n`);
    });
}

async function explainRequest(
  probe: ProbeRequest,
  { filename, adminPort, ...meshConfig }: ExplainOptions,
  repository: Repository,
): Promise<Explanation> {
  if (filename)
    return explain(probeOf(await offlineModel(filename, repository, meshConfigOf(meshConfig)), probe));
  refuseMeshConfig(meshConfig);
  return new AdminClient(adminPort).explain(probe);
}
