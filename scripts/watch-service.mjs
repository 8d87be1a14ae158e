// Runs a service, and bundles and starts it again whenever one of its files changes, in the container of compose.watch.yaml.
// Usage: node scripts/watch-service.mjs SERVICE
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { watch } from 'chokidar';
import { bundle } from '../packages/service-build/src/bundle.ts';

/** A file may be written in several steps. */
const SETTLE_MS = 50;

const folder = path.resolve('services', process.argv[2]);
const watched = ['src', 'views', 'static'].map((name) => path.join(folder, name));
let program;
let working = Promise.resolve();
let timer;

async function restart() {
  const begun = performance.now();
  await bundle(folder, 'quick');
  if (program?.exitCode === null) {
    // Without the time to finish requests: a save should be seen soon.
    program.kill('SIGKILL');
    await once(program, 'exit');
  }
  program = spawn(process.execPath, ['dist/main.js'], { cwd: folder, stdio: 'inherit' });
  process.stdout.write(`bundled in ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
}

function report({ message }) {
  process.stderr.write(
    `${message}\n${program ? 'The last build goes on.' : 'It starts when this is mended.'}\n`,
  );
}

function queueRestart() {
  working = working.then(restart).catch(report);
}

for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, () => {
    program?.kill('SIGKILL');
    process.exit(0);
  });

queueRestart();
// chokidar: on Linux the recursive watch of node:fs reports nothing more of a file once it has been replaced, as Compose does.
watch(watched, { ignoreInitial: true, ignored: (file) => file.endsWith('.spec.ts') }).on('all', () => {
  clearTimeout(timer);
  timer = setTimeout(queueRestart, SETTLE_MS);
});
