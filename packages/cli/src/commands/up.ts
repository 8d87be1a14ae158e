import path from 'node:path';
import { styleText } from 'node:util';
import {
  DEFAULT_ADMIN_PORT,
  podTable,
  SourceProblems,
  whenReady,
  type MeshServer,
  type RuntimeEvent,
} from '@bookinfo/mesh';
import { bookinfo } from '@bookinfo/application';
import { formatTable } from '@bookinfo/text';
import { systemClock } from '@bookinfo/effects';
import { Command, Option } from 'commander';
import {
  istioVersionOption,
  meshConfigOf,
  type MeshConfigOptions,
  outboundTrafficPolicyOption,
} from '../mesh-config.js';
import { accessLogOption, closeAccessLog, openAccessLog } from '../access-log.js';
import { adminPortOption, filenameOption, parsePort } from '../options.js';
import { readSources } from '../read-sources.js';
import type { Repository } from '../repository.js';
import { startMesh } from '../start-mesh.js';
import { showProgress } from '../show-progress.js';
import { untilStopped } from '../until-stopped.js';

const START_LIMIT_MS = 30_000;
const DEFAULT_PORT = 9080;
const NEXT_RULE = 'deploy/networking/virtual-service-reviews-test-v2.yaml';

interface UpOptions extends MeshConfigOptions {
  port: number;
  adminPort: number;
  filename?: string[];
  accessLog?: string;
}

/** Starts the mesh and its workloads in this process, until a signal. */
export function upCommand(repository: Repository): Command {
  return new Command('up')
    .description('Start Bookinfo under its mesh and keep it running until Ctrl-C')
    .addOption(
      new Option('--port <port>', 'port of the ingress gateway on 127.0.0.1')
        .default(DEFAULT_PORT)
        .argParser(parsePort),
    )
    .addOption(adminPortOption())
    .addOption(filenameOption(`YAML file to start with, instead of ${repository.defaultFiles.join(', ')}`))
    .addOption(accessLogOption())
    .addOption(istioVersionOption())
    .addOption(outboundTrafficPolicyOption())
    .addHelpText(
      'after',
      '\nExamples:\n  bookinfo up\n  bookinfo up --port 8080\n  bookinfo up -f my-workloads.yaml',
    )
    .action((options: UpOptions) => up(options, repository));
}

async function up(options: UpOptions, repository: Repository): Promise<void> {
  const { port, adminPort, filename, accessLog, ...meshConfig } = options;
  const sources = await (filename
    ? readSources(filename)
    : readSources(repository.defaultFiles, repository.resolve));
  const log = accessLog === undefined ? undefined : await openAccessLog(accessLog);
  const mesh = await startMesh({
    gatewayPort: port,
    adminPort,
    programFor: repository.programFor,
    application: bookinfo,
    meshConfig: meshConfigOf(meshConfig),
    ...(log && { onAccess: (proxy, entry) => log.write(proxy, entry) }),
  });
  const start = async (): Promise<void> => {
    const result = mesh.apply(sources);
    if ('problems' in result) throw new SourceProblems(result.problems);
    const endProgress = showProgress(mesh);
    await whenReady(mesh, START_LIMIT_MS, systemClock).finally(endProgress);
    mesh.onEvent(reportDeath);
    const page = filename ? mesh.gatewayUrl : `${mesh.gatewayUrl}${bookinfo.page.path}`;
    process.stdout.write(`${welcome(mesh, page, repository.resolve(NEXT_RULE))}\n`);
  };
  await untilStopped(mesh, start, () => closeAccessLog(log));
}

function welcome(mesh: MeshServer, page: string, rule: string): string {
  const adminPort = mesh.adminPort === DEFAULT_ADMIN_PORT ? '' : ` --admin-port ${mesh.adminPort}`;
  return [
    formatTable(podTable(mesh.pods, Date.now())),
    '',
    `Bookinfo is up: ${styleText(['bold', 'cyan'], page)}`,
    `Change its routes: npx bookinfo apply${adminPort} -f ${path.relative('', rule)}`,
    'Stop it with Ctrl-C.',
  ].join('\n');
}

function reportDeath(event: RuntimeEvent): void {
  if (event.kind !== 'died') return;
  const { pod, reason, restartInMs } = event;
  process.stderr.write(`${pod.name} ended (${reason}), starting it again in ${restartInMs / 1000} s\n`);
}
