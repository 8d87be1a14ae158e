import { readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second on every machine (USER_HZ, proc_pid_stat(5)). */
const TICKS_A_SECOND = 100;

/** Returns the CPU time of all threads of the process, user and system, in seconds; NaN without a process. */
export function cpuSeconds(pid: number | undefined): number {
  if (pid === undefined) return NaN;
  // The name, in parentheses, may contain anything, even `) `.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}
