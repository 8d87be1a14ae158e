// What Linux tells about processes.
import { readdirSync, readFileSync } from 'node:fs';

/** Memory and open descriptors of a process. */
export interface Usage {
  megabytes: number;
  descriptors: number;
}

/** Returns what a process uses at this moment. */
export function usageOf(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    megabytes: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  };
}

/** Returns the ids of the processes that a process has started, from any of its threads. */
export function childrenOf(pid: number): number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  const lists = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'));
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

/** Returns what a process calls itself: a service has the title of its name. */
export function titleOf(pid: number): string | undefined {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]?.trim();
}
