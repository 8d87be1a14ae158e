import { readdirSync, readFileSync } from 'node:fs';

/** Returns the CPU time of all threads of the process in seconds, by Linux's scheduler; NaN without a process. */
export function cpuSeconds(pid: number | undefined): number {
  if (pid === undefined) return NaN;
  const threads = `/proc/${pid}/task`;
  // The first number is the time on a CPU, in nanoseconds (Documentation/scheduler/sched-stats.rst).
  const nanoseconds = readdirSync(threads).map((thread) =>
    Number(readFileSync(`${threads}/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e9;
}
