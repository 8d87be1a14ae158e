// Runs Bookinfo under its mesh, and rebuilds and restarts what a saved file belongs to: a service under the running mesh,
// or, for a package, the mesh. Usage: npm run dev [-- OPTION...], with the options of `bookinfo up`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, watch } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AdminClient } from '@bookinfo/mesh';
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
  if (!(await buildAll())) return;
  isReplaced = true;
  mesh.kill('SIGTERM');
  await once(mesh, 'exit');
  startMesh();
}

async function restartService(service) {
  const begun = performance.now();
  await bundle(path.resolve('services', service));
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
  if (isMeshStale) await restartMesh();
  else for (const service of services) await restartService(service);
}

function watchFolder(kind, name, folder) {
  watch(folder, { recursive: true }, (_event, file) => {
    if (file?.endsWith('.spec.ts')) return;
    saved[kind].add(name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      working = working
        .then(handleSaved)
        .catch((error) => process.stderr.write(`${error.message}\nThe mesh keeps the last build.\n`));
    }, SETTLE_MS);
  });
}

function stop() {
  if (!mesh) process.exit(1);
  isStopping = true;
  mesh.kill('SIGTERM');
}

process.on('SIGTERM', stop);
// The terminal sends Ctrl-C to the mesh as well; this process ends with it.
process.on('SIGINT', () => {
  isStopping = true;
  if (!mesh) process.exit(1);
});
onNpmEnd(stop);

if (await buildAll()) {
  startMesh();
  for (const kind of ['services', 'packages'])
    for (const name of readdirSync(kind))
      for (const folder of ['src', 'views', 'static'].map((each) => `${kind}/${name}/${each}`))
        if (existsSync(folder)) watchFolder(kind, name, folder);
} else process.exit(1);
