import { writeFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import { AdminClient, verify, verifyPage } from '@bookinfo/mesh';
import { allAgree, htmlReport, jsonReport, junitReport, textReport, type Report } from '@bookinfo/verdict';
import { bookinfo } from '@bookinfo/application';
import { parseAssumption } from '@bookinfo/analysis';
import { systemClock } from '@bookinfo/effects';
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  istioVersionOption,
  meshConfigOf,
  type MeshConfigOptions,
  outboundTrafficPolicyOption,
} from '../mesh-config.js';
import { offlineModel } from '../offline-model.js';
import { adminPortOption, assumeOption, filenameOption, sourceNames } from '../options.js';
import type { Repository } from '../repository.js';

const examples = (command: string) => `
Examples:
  ${command} verify -f deploy/networking/virtual-service-reviews-90-10.yaml
  ${command} verify -f rules.yaml --html report.html --junit report.xml
  ${command} verify -f retries.yaml --assume 'ratings-v-faulty: 503 50%'
  ${command} verify -f rules.yaml --url http://bookinfo.example.com/productpage

The files are the claim and live traffic is the witness: each rule is asked for by a request that reaches it, through the
gateway, from a workload, or both. What no answer can show (retries and time limits without a backend that is known to fail,
copies, headers for the backend) is reported as untestable, and fails nothing.

With --url the witness is the product page behind any ingress, that of a cluster too, even one with upstream's images: the
version of the reviews is read from the page, to nobody in particular and to each user whom a rule names. No mesh has to
run here, and requests between workloads are not seen.

Exit code: 0 when every testable rule agrees; 1 when one does not, none could be tested, or a file can't be read.`;

interface VerifyOptions extends MeshConfigOptions {
  filename: string[];
  assume: string[];
  url?: URL;
  json?: true;
  junit?: string;
  html?: string;
  adminPort: number;
}

/** Holds rule files against live traffic. */
export function verifyCommand(repository: Repository): Command {
  return new Command('verify')
    .description('Compare live traffic with the rules of files')
    .addOption(filenameOption('YAML file whose rules to prove').makeOptionMandatory())
    .addOption(assumeOption())
    .addOption(new Option('--url <url>', 'product page to request instead of this mesh').argParser(parsePage))
    .addOption(istioVersionOption())
    .addOption(outboundTrafficPolicyOption())
    .option('--json', 'as JSON')
    .option('--junit <file>', 'write a JUnit report too')
    .option('--html <file>', 'write an HTML report too')
    .addOption(adminPortOption())
    .addHelpText('after', examples(repository.command))
    .action(async (options: VerifyOptions) => {
      const { json, junit, html } = options;
      const report = await verified(options, repository);
      process.stdout.write(json ? jsonReport(report) : textReport(report, paint));
      if (junit !== undefined) await writeFile(junit, junitReport(report));
      if (html !== undefined) await writeFile(html, await htmlReport(report));
      if (!allAgree(report)) process.exitCode = 1;
    });
}

async function verified(
  { filename, assume, url, adminPort, ...meshConfig }: VerifyOptions,
  repository: Repository,
): Promise<Report> {
  const options = {
    application: bookinfo,
    assumptions: assume.map(parseAssumption),
    clock: systemClock,
    random: Math.random,
    onProgress: (title: string, requests: number) => process.stderr.write(`${title}: ${requests} requests\n`),
  };
  const files = sourceNames(filename);
  if (url) {
    const model = await offlineModel(filename, repository, meshConfigOf(meshConfig));
    return await verifyPage(url, model, files, options);
  }
  const admin = new AdminClient(adminPort);
  // What the files promise is meant for this mesh, unless the question is whether another would do the same.
  const { meshConfig: base } = await admin.mesh();
  const model = await offlineModel(filename, repository, meshConfigOf(meshConfig, base));
  return await verify(admin, model, files, options);
}

/** A URL without a path means the application's page. */
function parsePage(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError(`A page is written http://host:port${bookinfo.page.path}.`);
  if (url.pathname === '/') url.pathname = bookinfo.page.path;
  return url;
}

/** styleText leaves colours out where NO_COLOR is set or nobody looks. */
function paint(status: string, word: string): string {
  if (status === 'untestable') return styleText('yellow', word);
  return styleText(status === 'agrees' ? 'green' : 'red', word);
}
