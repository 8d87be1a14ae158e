import { writeFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import {
  AdminClient,
  allAgree,
  htmlReport,
  jsonReport,
  junitReport,
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
import { adminPortOption, filenameOption, sourceNames } from '../options.js';
import type { Repository } from '../repository.js';

const EXAMPLES = `
Examples:
  bookinfo verify -f deploy/networking/virtual-service-reviews-90-10.yaml
  bookinfo verify -f rules.yaml --html report.html --junit report.xml

The files are the claim and live traffic is the witness; the exit code is 1 unless every rule agrees.`;

interface VerifyOptions extends MeshConfigOptions {
  filename: string[];
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
    .addOption(istioVersionOption())
    .addOption(outboundTrafficPolicyOption())
    .option('--json', 'as JSON')
    .option('--junit <file>', 'write a JUnit report as well')
    .option('--html <file>', 'write a report for browsers as well')
    .addOption(adminPortOption())
    .addHelpText('after', EXAMPLES)
    .action(async ({ filename, json, junit, html, adminPort, ...meshConfig }: VerifyOptions) => {
      const admin = new AdminClient(adminPort);
      // What the files promise is meant for this mesh, unless the question is whether another would do the same.
      const { meshConfig: base } = await admin.mesh();
      const model = await offlineModel(filename, repository, meshConfigOf(meshConfig, base));
      const report = await verify(admin, model, sourceNames(filename), {
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
  return styleText(status === 'agrees' ? 'green' : 'red', word);
}
