import autocannon from 'autocannon';
import { cpuSeconds } from './cpu-seconds.ts';

/** A server under load. */
export interface Target {
  url: string;
  headers?: Record<string, string>;
  /** The process whose CPU time is measured. */
  pid?: number;
}

export interface Figures {
  /** Requests per second, one figure per round. */
  rates: number[];
  median: number;
  /** Milliseconds, medians of the rounds. */
  p50: number;
  p99: number;
  /** Requests per second of CPU time of the target's process, median of the rounds. */
  perCore: number;
}

const CONNECTIONS = 32;
const WARM_UP_SECONDS = 2;
const ROUND_SECONDS = 3;
const ROUNDS = 5;

/**
 * Loads the targets in turn, round after round, so that whatever else the machine does falls on all alike.
 *
 * @throws Error when any request failed: a figure with errors in it measures something else
 */
export async function compare(targets: readonly Target[]): Promise<Figures[]> {
  for (const target of targets) await load(target, WARM_UP_SECONDS);
  const results = targets.map((): Round[] => []);
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [index, target] of targets.entries()) results[index]?.push(await measure(target));
    process.stderr.write(`round ${round} of ${ROUNDS}\n`);
  }
  return results.map((each) => {
    const rates = each.map(({ requests }) => requests.average);
    return {
      rates,
      median: median(rates),
      p50: median(each.map(({ latency }) => latency.p50)),
      p99: median(each.map(({ latency }) => latency.p99)),
      perCore: median(each.map(({ requests, busySeconds }) => requests.total / busySeconds)),
    };
  });
}

/** Formats the figure of every round and their median as one line. */
export function formatRates(name: string, figures: Figures | undefined): string {
  const rates = figures?.rates.map((rate) => rate.toFixed(0)).join(' ');
  return `${name.padEnd(22)}${rates}, median ${figures?.median.toFixed(0)}, p50 ${figures?.p50} ms, p99 ${figures?.p99} ms`;
}

interface Round extends autocannon.Result {
  busySeconds: number;
}

async function measure(target: Target): Promise<Round> {
  const before = cpuSeconds(target.pid);
  const result = await load(target, ROUND_SECONDS);
  return { ...result, busySeconds: cpuSeconds(target.pid) - before };
}

async function load({ url, headers }: Target, duration: number): Promise<autocannon.Result> {
  const result = await autocannon({ url, ...(headers && { headers }), connections: CONNECTIONS, duration });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0)
    throw new Error(
      `${failed} requests to ${url} failed: ${result.errors} errors, ${result.timeouts} timeouts, ${result.non2xx} other statuses`,
    );
  return result;
}

/** Returns the median of an odd number of values. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
