import path from 'node:path';
import { containerDataPlane, ContainerRuntime, MeshServer, SourceProblems } from '@bookinfo/mesh';
import { DEFAULT_PORTS } from '@bookinfo/routing';
import { Command, Option } from 'commander';
import { applyValid } from '../apply-valid.js';
import { applyWhenFound } from '../apply-when-found.js';
import {
  istioVersionOption,
  meshConfigOf,
  type MeshConfigOptions,
  outboundTrafficPolicyOption,
} from '../mesh-config.js';
import { adminPortOption, filenameOption, parsePort } from '../options.js';
import { print, printError } from '../output.js';
import { readSources } from '../read-sources.js';
import { ReadyFile } from '../ready-file.js';
import type { Repository } from '../repository.js';
import { untilStopped } from '../until-stopped.js';

/** All addresses of the container: Compose publishes the port on the host's loopback address alone. */
const ANY_ADDRESS = '0.0.0.0';

interface ControlOptions extends MeshConfigOptions {
  proxy: 'envoy' | 'node';
  folder: string;
  stateFolder: string;
  port: number;
  adminPort: number;
  filename?: string[];
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
    .requiredOption('--folder <path>', 'folder that all proxies share: each has a folder of its name in it')
    .requiredOption(
      '--state-folder <path>',
      'folder that keeps what was applied; a start with an empty one applies the files',
    )
    .addOption(
      new Option('--port <port>', 'port on which the ingress gateway is published')
        .default(9080)
        .argParser(parsePort),
    )
    .addOption(adminPortOption())
    .addOption(filenameOption(`YAML file to start with, instead of ${repository.defaultFiles.join(', ')}`))
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
  const { proxy, folder, stateFolder, port, adminPort, filename, whenFound, ...meshConfig } = options;
  const dataPlane = containerDataPlane({
    proxy: proxy === 'node' ? 'embedded' : proxy,
    folder,
    executable: process.env['ENVOY_PATH'] ?? 'envoy',
  });
  const sources = await (filename
    ? readSources(filename)
    : readSources(repository.defaultFiles, repository.resolve));
  let runtime: ContainerRuntime | undefined;
  const mesh = await MeshServer.start({
    gatewayPorts: new Map([[DEFAULT_PORTS.http, port]]),
    adminPort,
    adminHost: ANY_ADDRESS,
    workloads: import.meta.resolve('../container-workloads.js'),
    meshConfig: meshConfigOf(meshConfig),
    createRuntime: (runtimeOptions) => (runtime = new ContainerRuntime(runtimeOptions)),
    dataPlane,
  });
  const ready = new ReadyFile(path.join(folder, 'ready'));
  let isComplete = true;
  const start = async (): Promise<void> => {
    mesh.onEvent((event) => {
      if (event.kind === 'ready') print(`${event.pod.name} is ready at ${event.pod.address}\n`);
      else if (event.kind === 'died') printError(`${event.pod.name}: ${event.reason}\n`);
      ready.update(isComplete && mesh.pods.every((pod) => pod.ready));
    });
    const stateFile = path.join(stateFolder, 'resources');
    const restored = await mesh.restore(stateFile);
    if (restored && 'problems' in restored) throw new SourceProblems(restored.problems);
    if (!restored) isComplete = await applyValid(mesh, sources);
    await runtime?.probed();
    await dataPlane.begin();
    if (isComplete) await mesh.keep(stateFile);
    await applyWhenFound(mesh, await readSources(whenFound, repository.resolve), stateFolder);
  };
  await untilStopped(mesh, start, () => Promise.resolve(ready.update(false)));
}
