import { once } from 'node:events';
import autocannon from 'autocannon';
import { cpuSeconds } from './cpu-seconds.ts';
import { median, quantile } from './median.ts';

/** A server under load. */
export interface Target {
  url: string;
  headers?: Record<string, string>;
  /** The process whose CPU time is measured. */
  pid: number;
}

export interface Load {
  /** Medians of the rounds. */
  perCpuSecond: number;
  p99Ms: number;
}

const CONNECTIONS = 32;
/** Of one comparison, warming up included. */
const WARM_UP_MS = 5000;
const MAX_MS = 20_000;
/** On a machine so busy that they take longer. */
const MIN_ROUNDS = 5;

/**
 * Loads the targets in turn, round after round, so that whatever else the machine does falls on all alike. Requests are
 * counted by the CPU time of the target: the time on the clock is that of the client and of other programs as well.
 *
 * @param requests of a round
 * @throws {Error} when any request failed: a figure with errors in it measures something else
 */
export async function compare<Name extends string>(
  targets: Readonly<Record<Name, Target>>,
  requests: number,
): Promise<Record<Name, Load>> {
  const names = Object.keys(targets) as Name[];
  const begun = performance.now();
  const isWithin = (ms: number) => performance.now() - begun < ms;
  const eachOnce = async () => {
    const round = new Map<Name, Load>();
    for (const name of names) round.set(name, await measure(targets[name], requests));
    return round;
  };
  while (isWithin(WARM_UP_MS)) await eachOnce();
  const rounds: Map<Name, Load>[] = [];
  while (isWithin(MAX_MS) || rounds.length < MIN_ROUNDS) rounds.push(await eachOnce());
  const medianOf = (name: Name, figure: keyof Load) =>
    median(rounds.map((round) => round.get(name)?.[figure] ?? NaN));
  const loads = names.map((name) => [
    name,
    { perCpuSecond: medianOf(name, 'perCpuSecond'), p99Ms: medianOf(name, 'p99Ms') },
  ]);
  return Object.fromEntries(loads) as Record<Name, Load>;
}

async function measure({ url, headers, pid }: Target, requests: number): Promise<Load> {
  const before = cpuSeconds(pid);
  const options = { url, ...(headers && { headers }), connections: CONNECTIONS, amount: requests };
  const load = autocannon(options, () => undefined);
  const times: number[] = [];
  // autocannon's own percentiles are whole milliseconds.
  load.on('response', (_client, _status, _bytes, ms) => times.push(ms));
  const [result] = (await once(load, 'done')) as [autocannon.Result];
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0)
    throw new Error(
      `${failed} requests to ${url} failed: ${result.errors} errors, ${result.timeouts} timeouts, ${result.non2xx} other statuses`,
    );
  return { perCpuSecond: requests / (cpuSeconds(pid) - before), p99Ms: quantile(times, 0.99) };
}
