// Runs a service, and bundles and starts it again whenever one of its files changes, in the container of compose.watch.yaml.
// Usage: node scripts/watch-service.mjs SERVICE
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import path from 'node:path';
import { bundle } from '../packages/service-build/src/bundle.ts';

/** A file may be written in several steps. */
const SETTLE_MS = 50;

const folder = path.resolve('services', process.argv[2]);
let program;
let working = Promise.resolve();
let timer;

async function restart() {
  const begun = performance.now();
  await bundle(folder, 'quick');
  if (program?.exitCode === null) {
    program.kill('SIGTERM');
    await once(program, 'exit');
  }
  program = spawn(process.execPath, ['dist/main.js'], { cwd: folder, stdio: 'inherit' });
  process.stdout.write(`bundled in ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
}

function onChange() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    working = working.then(restart).catch(({ message }) => {
      process.stderr.write(`${message}\nThe last build goes on.\n`);
    });
  }, SETTLE_MS);
}

for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, () => {
    program?.kill('SIGKILL');
    process.exit(0);
  });

await restart();
watch(path.join(folder, 'src'), { recursive: true }, onChange);
