import { writeFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import { administeredMesh, verify, verifyPage } from '@bookinfo/mesh';
import {
  allAgree,
  DEFAULT_PLAN,
  htmlReport,
  jsonReport,
  junitReport,
  textReport,
  type Report,
} from '@bookinfo/verdict';
import { bookinfo } from '@bookinfo/application';
import { parseAssumption } from '@bookinfo/analysis';
import { systemClock } from '@bookinfo/effects';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addCluster, type ClusterOptions } from '../cluster-options.js';
import {
  istioVersionOption,
  meshConfigOf,
  type MeshConfigOptions,
  outboundTrafficPolicyOption,
} from '../mesh-config.js';
import { offlineModel } from '../offline-model.js';
import { assumeOption, filenameOption, sourceNames } from '../options.js';
import { printError } from '../output.js';
import type { Repository } from '../repository.js';
import { addTarget, adminOf, type TargetOptions } from '../target.js';
import { runningModel } from '../running-model.js';
import { verifyCluster } from '../verify-cluster.js';

const examples = (command: string) => `
Examples:
  ${command} verify -f deploy/networking/virtual-service-reviews-90-10.yaml
  ${command} verify -f rules.yaml --html report.html --junit report.xml
  ${command} verify -f canary-95-5.yaml --detect 2% --power 0.9
  ${command} verify -f retries.yaml --assume 'ratings-v-faulty: 503 50%'
  ${command} verify -f rules.yaml --url http://bookinfo.example.com/productpage
  ${command} verify --context kind-kind --namespace default

Each rule of the files is tested by requests that reach it, sent through the gateway, from a workload, or both. What the files
leave out, such as Services and Deployments, is that of the running mesh. A claim that no response can show (retries and
timeouts without a backend that is known to fail, mirrors, headers for the backend) is reported as untestable and does not
change the exit code.

The number of requests follows from --detect and --power: a drift of any share by that many percentage points is detected with
that probability. A smaller one needs more requests, for half the size about four times as many. The report names the
nearest shares that are told from the predicted ones. A response that comes late counts only when control requests, which no
rule affects, are not as slow; when they are too slow to tell, the delay is reported as untestable.

With --url the requests go to the product page behind any ingress, also that of a cluster, also with upstream's images. The
version of reviews is read from the page, requested without a user and as each user whom a rule names. No mesh has to run
here. Requests between workloads are not observed.

With --context the rules of the files, or without files those of the namespace, are compared with the traffic of a cluster, whose
Services and pods count. Its gateway is asked at the address of its Service, or at --url. Where witnesses run
(${command} witness --help), requests between workloads are observed too.

Exit code: 0 when every testable rule agrees; 1 when one does not, none could be tested, or a file can't be read.`;

interface VerifyOptions extends MeshConfigOptions, TargetOptions, ClusterOptions {
  filename?: string[];
  assume: string[];
  url?: URL;
  detect: number;
  power: number;
  json?: true;
  junit?: string;
  html?: string;
}

/** Returns the command that compares live traffic with rule files. */
export function verifyCommand(repository: Repository): Command {
  return addCluster(addTarget(new Command('verify')))
    .description('Compare live traffic with the rules of files')
    .addOption(filenameOption('YAML file whose rules to verify'))
    .addOption(assumeOption())
    .addOption(
      new Option(
        '--url <url>',
        'product page to request instead of this mesh, or through the gateway of the cluster',
      ).argParser(parsePage),
    )
    .addOption(
      new Option(
        '--detect <percent>',
        'smallest drift of a share that must be detected, in percentage points',
      )
        .default(DEFAULT_PLAN.shift, `${DEFAULT_PLAN.shift * 100}%`)
        .argParser(parseDetect),
    )
    .addOption(
      new Option('--power <probability>', 'probability with which it is detected')
        .default(DEFAULT_PLAN.power)
        .argParser(parsePower),
    )
    .addOption(istioVersionOption())
    .addOption(outboundTrafficPolicyOption())
    .option('--json', 'as JSON')
    .option('--junit <file>', 'write a JUnit report too')
    .option('--html <file>', 'write an HTML report too')
    .addHelpText('after', examples(repository.command))
    .action(async (options: VerifyOptions) => {
      const { json, junit, html } = options;
      const report = await verifyFiles(options, repository);
      // The report escapes what it repeats itself: it may have colours.
      process.stdout.write(json ? jsonReport(report) : textReport(report, paint));
      if (junit !== undefined) await writeFile(junit, junitReport(report));
      if (html !== undefined) await writeFile(html, await htmlReport(report));
      if (!allAgree(report)) process.exitCode = 1;
    });
}

async function verifyFiles(
  { filename, assume, url, detect: shift, power, target, adminPort, ...others }: VerifyOptions,
  repository: Repository,
): Promise<Report> {
  const options = {
    application: bookinfo,
    assumptions: assume.map(parseAssumption),
    clock: systemClock,
    random: Math.random,
    plan: { power, shift },
    onProgress: (title: string, requests: number) => printError(`${title}: ${requests} requests\n`),
  };
  const { context, namespace, ...meshConfig } = others;
  if (context !== undefined)
    return await verifyCluster(context, { filename, namespace, url, ...meshConfig }, options);
  if (!filename) throw new Error('Name the files to verify with -f, or a cluster with --context.');
  const files = sourceNames(filename);
  if (url) {
    const model = await offlineModel(filename, repository, meshConfigOf(meshConfig));
    return await verifyPage(url, model, files, options);
  }
  const admin = await adminOf({ target, adminPort }, repository);
  // The files are interpreted as the running mesh interprets them, unless an option selects other behaviour.
  const { meshConfig: base } = await admin.mesh();
  const model = await runningModel(admin, filename, meshConfigOf(meshConfig, base));
  return await verify(await administeredMesh(admin), model, files, options);
}

function parseDetect(text: string): number {
  const percent = Number(text.replace(/%$/, ''));
  if (!/^\d+(\.\d+)?%$/.test(text) || percent < 1 || percent > 50)
    throw new InvalidArgumentError('A drift is written as percentage points, from 1% to 50%, such as 5%.');
  return percent / 100;
}

function parsePower(text: string): number {
  const power = Number(text);
  if (!/^0?\.\d+$/.test(text) || power <= 0.5 || power > 0.9999)
    throw new InvalidArgumentError('A power is above 0.5 and at most 0.9999, such as 0.9.');
  return power;
}

/** Returns the page's URL; without a path, that of the application's page. */
function parsePage(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError(`A page is written http://host:port${bookinfo.page.path}.`);
  if (url.pathname === '/') url.pathname = bookinfo.page.path;
  return url;
}

/** Colours a word by its status; styleText omits colours when NO_COLOR is set or stdout is no terminal. */
function paint(status: string, word: string): string {
  if (status === 'untestable') return styleText('yellow', word);
  return styleText(status === 'agrees' ? 'green' : 'red', word);
}
