// Runs Bookinfo under its mesh, and rebuilds and restarts what a saved file belongs to: a service under the running mesh,
// or, for a package, the mesh. Usage: npm run dev [-- OPTION...], with the options of `bookinfo up`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { AdminClient } from '@bookinfo/mesh';
import { watch } from 'chokidar';
import { bundle } from '../packages/service-build/src/bundle.ts';
import { onNpmEnd } from './npm-shell.mjs';

/** An editor may write a file in several steps. */
const SETTLE_MS = 50;

const upOptions = process.argv.slice(2);
const { values } = parseArgs({ options: { 'admin-port': { type: 'string' } }, strict: false });
const admin = new AdminClient(values['admin-port'] && Number(values['admin-port']));

const run = (command, ...args) =>
  spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
const buildAll = async () => {
  const [code] = await once(run('turbo', 'run', 'build', '--output-logs=errors-only'), 'exit');
  return code === 0;
};

let mesh;
let isReplaced = false;
let isStopping = false;

/** Starts the mesh; when it ends otherwise than for a restart, so does this process. */
function startMesh() {
  isReplaced = false;
  mesh = run(process.execPath, 'packages/cli/bin/bookinfo.js', 'up', ...upOptions);
  mesh.once('exit', (code) => {
    if (isStopping || !isReplaced) process.exit(code ?? 1);
  });
}

async function restartMesh() {
  if (!(await buildAll())) throw new Error('The mesh keeps the last build.');
  isReplaced = true;
  mesh.kill('SIGTERM');
  await once(mesh, 'exit');
  startMesh();
}

async function restartService(service) {
  const begun = performance.now();
  await bundle(path.resolve('services', service), 'quick').catch((error) => {
    throw new Error(`${error.message}\n${service} keeps the last build.`, { cause: error });
  });
  const { items } = await admin.get('Deployment');
  const ofService = items.filter(({ spec }) =>
    spec.template.spec.containers[0].image.startsWith(`bookinfo/${service}:`),
  );
  for (const { metadata } of ofService) await admin.restart(metadata.name, metadata.namespace ?? 'default');
  process.stdout.write(
    `${service} rebuilt and restarted (${((performance.now() - begun) / 1000).toFixed(1)} s)\n`,
  );
}

/** Names of services and packages with a saved file that is not handled yet. */
const saved = { services: new Set(), packages: new Set() };
let timer;
let working = Promise.resolve();

async function handleSaved() {
  const services = [...saved.services];
  const isMeshStale = saved.packages.size > 0;
  saved.services.clear();
  saved.packages.clear();
  if (isMeshStale) await restartMesh().catch(report);
  else for (const service of services) await restartService(service).catch(report);
}

function report(error) {
  const hasColours = process.stderr.isTTY && !process.env.NO_COLOR;
  process.stderr.write(`${hasColours ? error.message : stripVTControlCharacters(error.message)}\n`);
}

function sourceFolders() {
  const folders = Object.keys(saved).flatMap((kind) =>
    readdirSync(kind).map((name) => path.join(kind, name)),
  );
  return folders
    .flatMap((folder) => ['src', 'views', 'static'].map((name) => path.join(folder, name)))
    .filter((folder) => existsSync(folder));
}

function stop() {
  isStopping = true;
  mesh.kill('SIGTERM');
}

process.on('SIGTERM', stop);
// The terminal sends Ctrl-C to the mesh as well; this process ends with it.
process.on('SIGINT', () => {
  isStopping = true;
});
onNpmEnd(stop);

startMesh();
// chokidar: on Linux the recursive watch of node:fs reports nothing more of a file once an editor has replaced it.
watch(sourceFolders(), { ignoreInitial: true, ignored: (file) => file.endsWith('.spec.ts') }).on(
  'all',
  (_event, file) => {
    const [kind, name] = file.split(path.sep);
    saved[kind].add(name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      working = working.then(handleSaved);
    }, SETTLE_MS);
  },
);
