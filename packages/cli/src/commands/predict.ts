import type { Predicted } from '@bookinfo/mesh';
import {
  formatFinding,
  responseLabel,
  parseAssumption,
  predictWithCauses,
  type ProbeRequest,
} from '@bookinfo/analysis';
import { bookinfo } from '@bookinfo/application';
import { Command } from 'commander';
import { askedProbe } from '../asked-probe.js';
import { refuseMeshConfig } from '../mesh-config.js';
import { assumeOption } from '../options.js';
import { addRequest, type RequestOptions } from '../request-options.js';
import type { Repository } from '../repository.js';
import { adminOf } from '../target.js';
import { print, printError } from '../output.js';

const examples = (command: string) => `
Examples:
  ${command} predict GET http://localhost:9080/productpage
  ${command} predict GET http://reviews:9080/reviews/0 --from productpage \\
    -f deploy/networking/virtual-service-reviews-90-10.yaml

  ${command} predict GET http://reviews:9080/reviews/0 --from productpage \\
    --assume 'reviews-v2: 503 10%' --assume 'ratings: refused 5%, 2s 20%'
  ${command} predict GET http://localhost:9080/productpage --context kind-kind

With -f no mesh has to run: the files are added to Bookinfo's manifests, as if they were applied to a new mesh.
With --context they are added to those of a cluster, whose pods are the endpoints.

An assumption names a version (reviews-v2), an app (ratings) or a host outside of the mesh, and its behaviour for a share
of the attempts, independently for each: a status, "refused" (no connection) or "reset" (no response), and a duration.
Commas separate the parts. All other attempts get the usual response.

What \`check\` reports of destinations on the way of the request, such as a Service that does not exist, is written to
standard error.`;

interface PredictOptions extends RequestOptions {
  assume: string[];
  user?: string;
}

/** Returns the command that predicts the share of every response to a request. */
export function predictCommand(repository: Repository): Command {
  return addRequest(new Command('predict'))
    .description('Predict the share of every response to a request, hop by hop')
    .addOption(assumeOption())
    .option('--user <name>', 'user who is signed in at the product page (default: none)')
    .addHelpText('after', examples(repository.command))
    .action(async (method: string, url: string, options: PredictOptions) => {
      const { header: headers, from, user, json } = options;
      const probe = { method, url, headers, from, user };
      const { responses, findings } = await predictResponses(probe, options, repository);
      print(`${json ? JSON.stringify(responses, null, 2) : predictionText(responses)}\n`);
      for (const finding of findings) printError(`${finding}\n`);
    });
}

async function predictResponses(
  probe: ProbeRequest,
  options: PredictOptions,
  repository: Repository,
): Promise<Predicted> {
  const { assume } = options;
  const asked = await askedProbe(probe, options, repository);
  if (asked) {
    const { responses, findings } = predictWithCauses(asked, bookinfo, assume.map(parseAssumption));
    return { responses, findings: findings.map(formatFinding) };
  }
  refuseMeshConfig(options);
  return (await adminOf(options, repository)).predict(probe, assume);
}

function predictionText(responses: Predicted['responses']): string {
  return responses
    .map(({ value, share }) => `${`${(share * 100).toFixed(2)} %`.padStart(9)}  ${responseLabel(value)}`)
    .join('\n');
}
