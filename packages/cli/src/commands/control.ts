import path from 'node:path';
import { containerDataPlane, ContainerRuntime, MeshServer, SourceProblems } from '@bookinfo/mesh';
import { DEFAULT_PORTS } from '@bookinfo/routing';
import { Command, Option } from 'commander';
import { applyFile } from '../apply-file.js';
import { consoleFolder } from '../console-folder.js';
import { foundDeployments } from '../found-deployments.js';
import {
  istioVersionOption,
  meshConfigOf,
  type MeshConfigOptions,
  outboundTrafficPolicyOption,
} from '../mesh-config.js';
import { adminPortOption, parsePort } from '../options.js';
import { print, printError } from '../output.js';
import { readSources } from '../read-sources.js';
import { ReadyFile } from '../ready-file.js';
import type { Repository } from '../repository.js';
import { type TelemetryFlags, telemetryOf, traceSamplingOption, zipkinOption } from '../telemetry-options.js';
import { untilStopped } from '../until-stopped.js';

/** All addresses of the container: Compose publishes the port on the host's loopback address alone. */
const ANY_ADDRESS = '0.0.0.0';
/** As Istio's proxies have it; other containers reach it by the name of this one. */
const TELEMETRY_PORT = 15_090;
const COLLECTOR_URL = `http://control:${TELEMETRY_PORT}/api/v2/spans`;

interface ControlOptions extends MeshConfigOptions, TelemetryFlags {
  proxy: 'envoy' | 'node';
  folder: string;
  port: number;
  adminPort: number;
  whenFound: string[];
}

/** Returns the command that runs the control plane of a mesh of containers. */
export function controlCommand(repository: Repository): Command {
  return new Command('control')
    .description('Run the control plane of pods that are containers, as compose.yaml does')
    .addOption(
      new Option('--proxy <name>', 'what the containers of proxies run')
        .choices(['envoy', 'node'])
        .default('envoy'),
    )
    .requiredOption(
      '--folder <path>',
      'folder that all proxies share: each has a folder of its name in it, beside what was applied',
    )
    .addOption(
      new Option('--port <port>', 'port on which the ingress gateway is published')
        .default(9080)
        .argParser(parsePort),
    )
    .addOption(adminPortOption())
    .addOption(zipkinOption())
    .addOption(traceSamplingOption())
    .addOption(
      new Option(
        '--when-found <file...>',
        'YAML file to apply as soon as the containers of its Deployments are there',
      ).default([]),
    )
    .addOption(istioVersionOption())
    .addOption(outboundTrafficPolicyOption())
    .action((options: ControlOptions) => control(options, repository));
}

async function control(options: ControlOptions, repository: Repository): Promise<void> {
  const { proxy, folder, port, adminPort, whenFound } = options;
  const dataPlane = containerDataPlane({
    proxy: proxy === 'node' ? 'embedded' : proxy,
    folder,
    executable: process.env['ENVOY_PATH'] ?? 'envoy',
  });
  let runtime: ContainerRuntime | undefined;
  const mesh = await MeshServer.start({
    gatewayPorts: new Map([[DEFAULT_PORTS.http, port]]),
    adminPort,
    adminHost: ANY_ADDRESS,
    workloads: import.meta.resolve('../container-workloads.js'),
    meshConfig: meshConfigOf(options),
    createRuntime: (runtimeOptions) => (runtime = new ContainerRuntime(runtimeOptions)),
    dataPlane,
    consoleFolder: consoleFolder(),
    telemetryPort: TELEMETRY_PORT,
    telemetry: { ...telemetryOf(options), collectorUrl: COLLECTOR_URL },
  });
  const ready = new ReadyFile(path.join(folder, 'ready'));
  const read = (file: string) => readSources([file], repository.resolve);
  const readWhenFound = async (file: string) => {
    const sources = await read(file);
    await foundDeployments(sources);
    return sources;
  };
  let isComplete = false;
  const updateReady = (): void => ready.update(isComplete && mesh.pods.every((pod) => pod.ready));
  const start = async (): Promise<void> => {
    mesh.onEvent((event) => {
      if (event.kind === 'ready') print(`${event.pod.name} is ready at ${event.pod.address}\n`);
      else if (event.kind === 'died') printError(`${event.pod.name}: ${event.reason}\n`);
      updateReady();
    });
    const stateFile = path.join(folder, 'resources');
    const restored = await mesh.restore(stateFile);
    if (restored && 'problems' in restored) throw new SourceProblems(restored.problems);
    await runtime?.probed();
    await dataPlane.begin();
    await mesh.keep(stateFile);
    const applied = [];
    for (const file of repository.defaultFiles) applied.push(await applyFile(mesh, file, read));
    isComplete = applied.every(Boolean);
    updateReady();
    await Promise.all(whenFound.map((file) => applyFile(mesh, file, readWhenFound)));
  };
  await untilStopped(mesh, start, () => Promise.resolve(ready.update(false)));
}
