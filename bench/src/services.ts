import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from './compare.ts';
import { freePort, startProgram } from './program.ts';

const STARTS = 5;
const IDLE_MS = 2000;

/** Measures the time from the start of a service's process to its first response, and its memory 2 s later. */
export async function measureServices(): Promise<string[]> {
  const lines = [
    `process start to first answer (wanted: under 500 ms), idle memory (wanted: under 90 MB), ${STARTS} starts`,
  ];
  for (const service of ['details', 'ratings', 'reviews', 'productpage']) {
    const starts = [];
    for (let i = 0; i < STARTS; i++) starts.push(await startOnce(service));
    const times = median(starts.map(({ ms }) => ms)).toFixed(0);
    lines.push(
      `${service.padEnd(22)}${times} ms, ${median(starts.map(({ megabytes }) => megabytes)).toFixed(0)} MB`,
    );
  }
  return lines;
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
