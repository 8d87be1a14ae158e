import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from './median.ts';
import { freePort } from '@bookinfo/effects';
import type { Row } from './row.ts';

const STARTS = 3;
const MAX_MS = 30_000;

/** Measures the time from `npm start`, on a built tree, to the first page with details and reviews. */
export async function measureFirstPage(): Promise<Row[]> {
  const seconds = [];
  for (let i = 0; i < STARTS; i++) seconds.push((await startOnce()) / 1000);
  const what = 'npm start to the first complete page';
  return [{ what, unit: 's', measured: median(seconds), goal: { atMost: 3 } }];
}

async function startOnce(): Promise<number> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const begun = performance.now();
  const args = ['start', '--', '--port', String(port), '--admin-port', String(adminPort)];
  const npm = spawn('npm', args, {
    cwd: join(import.meta.dirname, '../..'),
    stdio: 'ignore',
    detached: true,
  });
  try {
    while (!(await isComplete(`http://127.0.0.1:${port}/productpage`))) {
      if (performance.now() - begun > MAX_MS) throw new Error(`no page after ${MAX_MS} ms`);
      await sleep(20);
    }
    return performance.now() - begun;
  } finally {
    if (npm.pid) process.kill(-npm.pid, 'SIGINT');
    await once(npm, 'exit');
  }
}

async function isComplete(url: string): Promise<boolean> {
  const html = await fetch(url).then(
    (answer) => answer.text(),
    () => '',
  );
  return html.includes('Book Details') && html.includes('Book Reviews');
}
