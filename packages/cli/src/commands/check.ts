import { bookinfo } from '@bookinfo/application';
import { check, formatFinding } from '@bookinfo/analysis';
import { Command } from 'commander';
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

const examples = (command: string) => `
Examples:
  ${command} check -f deploy/networking/virtual-service-reviews-test-v2.yaml
  ${command} check -f rules.yaml --json

The files are added to Bookinfo's manifests. A warning names a rule or field that has no effect or another effect than it
seems to have. A witness is a request that reaches the rule; the analysis of paths, headers, query parameters and regular
expressions is exact. Undecided marks a rule that the analysis does not cover.

Exit code: 0 without a warning; 1 with one, or when a file can't be read.`;

interface CheckOptions extends MeshConfigOptions {
  filename: string[];
  json?: true;
  strict?: true;
}

/** Returns the command that finds mistakes in rule files. */
export function checkCommand(repository: Repository): Command {
  return new Command('check')
    .description('Find rules that no request can reach, and missing destinations')
    .addOption(filenameOption('YAML file to check').makeOptionMandatory())
    .addOption(istioVersionOption())
    .addOption(outboundTrafficPolicyOption())
    .addOption(strictOption())
    .option('--json', 'as JSON')
    .addHelpText('after', examples(repository.command))
    .action(async ({ filename, json, strict, ...meshConfig }: CheckOptions) => {
      const model = await offlineModel(filename, repository, meshConfigOf(meshConfig), strict);
      const findings = check(model, bookinfo, sourceNames(filename));
      const lines = findings.map((finding) => `${formatFinding(finding)}\n`);
      process.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : lines.join(''));
      if (findings.some(({ level }) => level === 'warning')) process.exitCode = 1;
    });
}
