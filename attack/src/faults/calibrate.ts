import { Agent } from 'node:http';
import { requestPage } from './load.ts';

const WARM_UP_MS = 3000;
const MEASURED_MS = 1000;
const CLIENTS = 4;
/** Of what the machine can do at this moment; a start of a pod and other work take their part. */
const SHARE = 0.2;
const MIN_RATE = 2;
const MAX_RATE = 40;

/** The rate of the load, and the one that it was chosen by, in pages per second. */
export interface Calibration {
  possible: number;
  rate: number;
}

/** Measures for a second how many pages some clients get without a pause, after a warm-up, and returns a fifth of it. */
export async function calibrate(port: number): Promise<Calibration> {
  await pagesDuring(port, WARM_UP_MS);
  const possible = Math.round((await pagesDuring(port, MEASURED_MS)) / (MEASURED_MS / 1000));
  return { possible, rate: Math.min(MAX_RATE, Math.max(MIN_RATE, Math.round(possible * SHARE))) };
}

async function pagesDuring(port: number, milliseconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const end = performance.now() + milliseconds;
  let pages = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const { kind } = await requestPage(port, agent);
      if (kind === 'good' && performance.now() < end) pages += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  agent.destroy();
  return pages;
}
