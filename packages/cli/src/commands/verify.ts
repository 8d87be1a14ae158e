import { writeFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import {
  AdminClient,
  allAgree,
  htmlReport,
  jsonReport,
  junitReport,
  parseAssumption,
  systemClock,
  textReport,
  verify,
} from '@bookinfo/mesh';
import { Command } from 'commander';
import {
  istioVersionOption,
  meshConfigOf,
  type MeshConfigOptions,
  outboundTrafficPolicyOption,
} from '../mesh-config.js';
import { offlineModel } from '../offline-model.js';
import { adminPortOption, assumeOption, filenameOption, sourceNames } from '../options.js';
import type { Repository } from '../repository.js';

const EXAMPLES = `
Examples:
  bookinfo verify -f deploy/networking/virtual-service-reviews-90-10.yaml
  bookinfo verify -f rules.yaml --html report.html --junit report.xml
  bookinfo verify -f retries.yaml --assume 'ratings-v-faulty: 503 50%'

The files are the claim and live traffic is the witness: each rule is asked for by a request that reaches it, through the
gateway, from a workload, or both. What no answer can show (retries and time limits without a backend that is known to fail,
copies, headers for the backend) is reported as untestable, and fails nothing.

Exit code: 0 when every testable rule agrees; 1 when one does not, none could be tested, or a file can't be read.`;

interface VerifyOptions extends MeshConfigOptions {
  filename: string[];
  assume: string[];
  json?: true;
  junit?: string;
  html?: string;
  adminPort: number;
}

/** Holds rule files against live traffic. */
export function verifyCommand(repository: Repository): Command {
  return new Command('verify')
    .description('Prove by live traffic that the mesh does what files say')
    .addOption(filenameOption('YAML file whose rules to prove').makeOptionMandatory())
    .addOption(assumeOption())
    .addOption(istioVersionOption())
    .addOption(outboundTrafficPolicyOption())
    .option('--json', 'as JSON')
    .option('--junit <file>', 'write a JUnit report as well')
    .option('--html <file>', 'write a report for browsers as well')
    .addOption(adminPortOption())
    .addHelpText('after', EXAMPLES)
    .action(async ({ filename, assume, json, junit, html, adminPort, ...meshConfig }: VerifyOptions) => {
      const admin = new AdminClient(adminPort);
      // What the files promise is meant for this mesh, unless the question is whether another would do the same.
      const { meshConfig: base } = await admin.mesh();
      const model = await offlineModel(filename, repository, meshConfigOf(meshConfig, base));
      const report = await verify(admin, model, sourceNames(filename), {
        assumptions: assume.map(parseAssumption),
        clock: systemClock,
        random: Math.random,
        onProgress: (title, requests) => process.stderr.write(`${title}: ${requests} requests\n`),
      });
      process.stdout.write(json ? jsonReport(report) : textReport(report, paint));
      if (junit !== undefined) await writeFile(junit, junitReport(report));
      if (html !== undefined) await writeFile(html, htmlReport(report));
      if (!allAgree(report)) process.exitCode = 1;
    });
}

/** styleText leaves colours out where NO_COLOR is set or nobody looks. */
function paint(status: string, word: string): string {
  if (status === 'untestable') return styleText('yellow', word);
  return styleText(status === 'agrees' ? 'green' : 'red', word);
}
