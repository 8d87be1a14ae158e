import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const MODULE = new URL('../dist/watch-descriptors.js', import.meta.url).href;

/** Opens all descriptors twice, and each time waits for the message before it closes them. */
const PROGRAM = `
  import { closeSync, openSync } from 'node:fs';
  import { watchDescriptors } from '${MODULE}';
  let opened = [];
  const exhaust = () => { try { for (;;) opened.push(openSync('/dev/null')); } catch {} };
  let times = 0;
  const stop = watchDescriptors(() => {
    times += 1;
    console.log('exhausted');
    for (const descriptor of opened.splice(0)) closeSync(descriptor);
    if (times === 2) stop();
    // The watch has to see free descriptors before it reports again.
    else setTimeout(exhaust, 1500);
  });
  exhaust();
  setInterval(() => times === 2 && process.exit(0), 100);
`;

test.skipIf(process.platform === 'win32')(
  'a process without free descriptors is reported, once until it has free ones again',
  async () => {
    const node = [process.execPath, '--input-type=module', '--eval', PROGRAM];
    const child = spawn('sh', ['-c', 'ulimit -n 100; exec "$@"', 'sh', ...node], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const output = text(child.stdout);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await output).toBe('exhausted\nexhausted\n');
  },
);
