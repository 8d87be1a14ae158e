import { explain, explanationText, type Explanation, type ProbeRequest } from '@bookinfo/analysis';
import { Command } from 'commander';
import { askedProbe } from '../asked-probe.js';
import { refuseMeshConfig } from '../mesh-config.js';
import { addRequest, type RequestOptions } from '../request-options.js';
import type { Repository } from '../repository.js';
import { adminOf } from '../target.js';
import { print } from '../output.js';

const examples = (command: string) => `
Examples:
  ${command} explain GET http://localhost:9080/productpage
  ${command} explain GET http://reviews:9080/reviews/0 --from productpage -H 'end-user: jason'
  ${command} explain GET http://ratings:9080/ratings/0 --from reviews-v2 \\
    -f deploy/networking/virtual-service-ratings-test-delay.yaml
  ${command} explain GET http://reviews:9080/reviews/0 --from productpage --context kind-kind

With -f no mesh has to run: the files are added to Bookinfo's manifests, as if they were applied to a new mesh.
With --context they are added to those of a cluster, whose pods are the endpoints.`;

/** Returns the command that explains which rule a request meets, and why not an earlier one. */
export function explainCommand(repository: Repository): Command {
  return addRequest(new Command('explain'))
    .description('Explain which rule a request meets, and why not an earlier one')
    .addHelpText('after', examples(repository.command))
    .action(async (method: string, url: string, options: RequestOptions) => {
      const { header: headers, from, json } = options;
      const explanation = await explainRequest({ method, url, headers, from }, options, repository);
      print(`${json ? JSON.stringify(explanation, null, 2) : explanationText(explanation)}\n`);
    });
}

async function explainRequest(
  probe: ProbeRequest,
  options: RequestOptions,
  repository: Repository,
): Promise<Explanation> {
  const asked = await askedProbe(probe, options, repository);
  if (asked) return explain(asked);
  refuseMeshConfig(options);
  return (await adminOf(options, repository)).explain(probe);
}
