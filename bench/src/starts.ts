import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from './median.ts';
import { freePort } from '@bookinfo/effects';
import { startProgram } from './program.ts';
import type { Row } from './row.ts';

const STARTS = 3;
const IDLE_MS = 2000;

/** Measures the time from the start of a service's process to its first response, and its memory 2 s later. */
export async function measureStarts(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const service of ['details', 'ratings', 'reviews', 'productpage']) {
    const starts = [];
    for (let i = 0; i < STARTS; i++) starts.push(await startOnce(service));
    const ms = median(starts.map((start) => start.ms));
    const megabytes = median(starts.map((start) => start.megabytes));
    rows.push(
      { what: `${service}, start`, unit: 'ms', measured: ms, goal: { atMost: 500 } },
      { what: `${service}, idle memory`, unit: 'MB', measured: megabytes, goal: { atMost: 90 } },
    );
  }
  return rows;
}

async function startOnce(service: string) {
  const port = await freePort();
  const begun = performance.now();
  const script = join(import.meta.dirname, `../../services/${service}/dist/main.js`);
  const secret = { SESSION_SECRET: 'only for this measurement' };
  await using program = await startProgram(port, script, [String(port)], { HOST: '127.0.0.1', ...secret });
  const ms = performance.now() - begun;
  await sleep(IDLE_MS);
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1];
  return { ms, megabytes: Number(kilobytes) / 1000 };
}
