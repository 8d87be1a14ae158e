import { InvalidArgumentError, Option, type Command } from 'commander';
import { addCluster, type ClusterOptions } from './cluster-options.js';
import { istioVersionOption, outboundTrafficPolicyOption, type MeshConfigOptions } from './mesh-config.js';
import { filenameOption } from './options.js';
import { addTarget, type TargetOptions } from './target.js';

/** The options of a question about a request. */
export interface RequestOptions extends MeshConfigOptions, TargetOptions, ClusterOptions {
  header: Record<string, string>;
  from?: string;
  filename?: string[];
  json?: true;
}

/** Adds the method, the URL and `RequestOptions` to a command about one request to the running mesh, to files or to a cluster. */
export function addRequest(command: Command): Command {
  return addCluster(addTarget(command))
    .argument('<method>', 'HTTP method, such as GET')
    .argument('<url>', 'URL of the request, as its client writes it')
    .addOption(headerOption())
    .addOption(fromOption())
    .addOption(filenameOption('YAML file to use instead of the running mesh, or in addition to a cluster'))
    .addOption(istioVersionOption())
    .addOption(outboundTrafficPolicyOption())
    .option('--json', 'as JSON');
}

/** Returns `--from`, for the client of a request. */
function fromOption(): Option {
  return new Option(
    '--from <workload>',
    'client of the request: a Deployment or app (default: one outside of the mesh, through the gateway)',
  );
}

/** Returns `-H`, for the headers of a request, none or more. */
function headerOption(): Option {
  return new Option('-H, --header <name: value>', 'header of the request; may be repeated')
    .default({}, 'none')
    .argParser(parseHeader);
}

function parseHeader(text: string, earlier: Record<string, string>): Record<string, string> {
  const colon = text.indexOf(':');
  if (colon < 1) throw new InvalidArgumentError("A header is written 'name: value'.");
  return { ...earlier, [text.slice(0, colon).trim()]: text.slice(colon + 1).trim() };
}
