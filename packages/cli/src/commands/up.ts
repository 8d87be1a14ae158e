import path from 'node:path';
import { styleText } from 'node:util';
import {
  consoleUrl,
  podTable,
  SourceProblems,
  whenReady,
  type DataPlane,
  type MeshServer,
  type MeshEvent,
} from '@bookinfo/mesh';
import { bookinfo } from '@bookinfo/application';
import { formatTable } from '@bookinfo/text';
import { DEFAULT_PORTS } from '@bookinfo/routing';
import { systemClock } from '@bookinfo/effects';
import { Command, Option } from 'commander';
import {
  istioVersionOption,
  meshConfigOf,
  type MeshConfigOptions,
  outboundTrafficPolicyOption,
} from '../mesh-config.js';
import { accessLogOption, openAccessLog } from '../access-log.js';
import { consoleFolder } from '../console-folder.js';
import { dataPlaneOf, dataPlaneOption } from '../data-plane.js';
import { endWithLauncher, isDetached, reportReady, startDetached } from '../detached.js';
import { adminPortOption, filenameOption, parseGatewayPort, parseReplicas } from '../options.js';
import { printError } from '../output.js';
import { podWarnings } from '../pod-warnings.js';
import { readSources } from '../read-sources.js';
import { describeListener } from '../describe-listener.js';
import { reportNotices, strictOption } from '../report-notices.js';
import type { Repository } from '../repository.js';
import { adminPortFlag, startMesh } from '../start-mesh.js';
import { showProgress } from '../show-progress.js';
import {
  otlpOption,
  refuseForEnvoy,
  type TelemetryFlags,
  telemetryOf,
  telemetryPortOf,
  telemetryPortOption,
  traceSamplingOption,
  zipkinOption,
} from '../telemetry-options.js';
import { untilStopped } from '../until-stopped.js';
import { watchDescriptors } from '../watch-descriptors.js';

const START_LIMIT_MS = 30_000;
const DEFAULT_PORT = 9080;
const NEXT_RULE = 'deploy/networking/virtual-service-reviews-test-v2.yaml';

const examples = (command: string) => `
Examples:
  ${command} up
  ${command} up --detach && ${command} status
  ${command} up --port 8080 --admin-port 15001
  ${command} up --port 9080 --port 9443:443 --self-signed
  ${command} up --data-plane envoy
  ${command} up --zipkin http://localhost:9411
  ${command} up -f my-workloads.yaml`;

interface UpOptions extends MeshConfigOptions, TelemetryFlags {
  port: ReadonlyMap<number, number>;
  adminPort: number;
  replicas: number;
  dataPlane: DataPlane['name'];
  selfSigned?: true;
  detach?: true;
  filename?: string[];
  accessLog?: string;
  strict?: true;
}

/** Returns the command that runs the mesh and its workloads until a signal. */
export function upCommand(repository: Repository): Command {
  return new Command('up')
    .description('Start Bookinfo under its mesh and keep it running until Ctrl-C')
    .addOption(
      new Option(
        '--port <local[:port]>',
        'port on 127.0.0.1 for port 80 of the ingress gateway, or for another port of a gateway; may be repeated',
      )
        .env('BOOKINFO_PORT')
        .default(new Map([[DEFAULT_PORTS.http, DEFAULT_PORT]]), String(DEFAULT_PORT))
        .argParser(parseGatewayPort),
    )
    .addOption(adminPortOption())
    .option(
      '-d, --detach',
      'return when all workloads are ready, and leave the mesh running in the background',
    )
    .addOption(
      new Option(
        '--replicas <number>',
        'pods of each Deployment that asks for fewer; with 2, the end of one costs no page',
      )
        .default(1)
        .argParser(parseReplicas),
    )
    .option(
      '--self-signed',
      'make a certificate for each server of HTTPS whose Secret does not exist (default: it is not opened)',
    )
    .addOption(filenameOption(`YAML file to start with, instead of ${repository.defaultFiles.join(', ')}`))
    .addOption(strictOption())
    .addOption(dataPlaneOption())
    .addOption(accessLogOption())
    .addOption(telemetryPortOption())
    .addOption(zipkinOption())
    .addOption(otlpOption())
    .addOption(traceSamplingOption())
    .option('--shared-spans', 'give both ends of a request one span id (default: an id for each)')
    .addOption(istioVersionOption())
    .addOption(outboundTrafficPolicyOption())
    .addHelpText('after', examples(repository.command))
    .action((options: UpOptions) =>
      options.detach && !isDetached() ? upDetached(options, repository) : up(options, repository),
    );
}

async function upDetached({ adminPort, filename = [] }: UpOptions, repository: Repository): Promise<void> {
  const log = repository.resolve(`.bookinfo/up-${adminPort || process.pid}.log`);
  const text = await startDetached(log, filename.includes('-'));
  process.stdout.write(`${text}\nIts log: ${path.relative('', log)}\n`);
}

async function up(options: UpOptions, repository: Repository): Promise<void> {
  const { port, adminPort, replicas, selfSigned = false, filename, accessLog, strict } = options;
  if (options.dataPlane === 'envoy') refuseForEnvoy(options);
  const dataPlane = await dataPlaneOf(options.dataPlane);
  if (isDetached()) endWithLauncher();
  const sources = await (filename
    ? readSources(filename)
    : readSources(repository.defaultFiles, repository.resolve));
  const log = accessLog === undefined ? undefined : await openAccessLog(accessLog);
  const mesh = await startMesh(
    {
      gatewayPorts: port,
      adminPort,
      consoleFolder: consoleFolder(),
      workloads: `${import.meta.resolve('../workloads.js')}?root=${encodeURIComponent(repository.resolve('.'))}`,
      minReplicas: replicas,
      selfSigned,
      meshConfig: meshConfigOf(options),
      dataPlane,
      telemetryPort: telemetryPortOf(options),
      telemetry: telemetryOf(options),
      ...(log && { onAccess: (proxy, line) => log.write(`${proxy} ${line}`) }),
    },
    repository.command,
  );
  const start = async (): Promise<void> => {
    const result = await mesh.apply(sources, strict);
    if ('problems' in result) throw new SourceProblems(result.problems);
    reportNotices(result.notices);
    const endProgress = showProgress(mesh);
    await whenReady(mesh, START_LIMIT_MS, systemClock).finally(endProgress);
    mesh.onEvent(reportDeath);
    watchDescriptors(reportExhaustion);
    const page = filename ? mesh.gatewayUrl : `${mesh.gatewayUrl}${bookinfo.page.path}`;
    const text = (consoleLine: string[]) => welcome(mesh, page, repository, consoleLine);
    const consoleLine = [`Console: ${styleText('cyan', consoleUrl(mesh.adminPort) ?? '')}`];
    // Other users can read the log of a mesh that is detached, and the URL holds the credential of this one.
    process.stdout.write(`${text(isDetached() ? [] : consoleLine)}\n`);
    if (isDetached()) reportReady(text(consoleLine));
  };
  await untilStopped(mesh, start, async () => log?.end());
}

function welcome(
  mesh: MeshServer,
  page: string,
  { command, resolve }: Repository,
  consoleLine: readonly string[],
): string {
  const flag = adminPortFlag(mesh.adminPort);
  const [, ...otherListeners] = mesh.gateways;
  const rule = path.relative('', resolve(NEXT_RULE));
  return [
    formatTable(podTable(mesh.pods, Date.now())),
    '',
    ...podWarnings(mesh).flatMap((warning) => [warning, '']),
    `Bookinfo is up: ${styleText(['bold', 'cyan'], page)}`,
    ...otherListeners.map(describeListener),
    ...consoleLine,
    `Change its routes: ${command} apply${flag} -f ${rule}`,
    `Its metrics: http://localhost:${mesh.telemetryPort}/stats/prometheus`,
    `Stop it with ${isDetached() ? `${command} down${flag}` : 'Ctrl-C'}.`,
  ].join('\n');
}

function reportExhaustion(): void {
  printError(
    "This process can't open more connections and files (ulimit -n): new clients wait or are refused until some close.\n",
  );
}

function reportDeath(event: MeshEvent): void {
  if (event.kind === 'ready') return;
  const ended = event.kind === 'died' ? event.pod.name : `The proxy of ${event.proxy}`;
  printError(`${ended} ended (${event.reason}), starting it again in ${event.restartInMs / 1000} s\n`);
}
