import { execFileSync } from 'node:child_process';

/** Returns the ids of the processes of a service, whose title is its name, that a process has started. */
export function childrenOf(parent: number, service: string): number[] {
  const processes = execFileSync('ps', ['-axwwo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const children = processes
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*?)\s*$/.exec(line) ?? [])
    .filter(([, , ppid, args]) => Number(ppid) === parent && args === service)
    .map(([, pid]) => Number(pid));
  if (children.length === 0) throw new Error(`no process of ${service} among:\n${processes.join('\n')}`);
  return children;
}

/** Kills one of these processes, chosen at random. */
export function killOne(pids: readonly number[]): void {
  process.kill(oneOf(pids), 'SIGKILL');
}

/** Stops one of these processes until the end of the block, unless it has ended by then. */
export function pauseOne(pids: readonly number[]): AsyncDisposable {
  const pid = oneOf(pids);
  process.kill(pid, 'SIGSTOP');
  return {
    async [Symbol.asyncDispose]() {
      try {
        process.kill(pid, 'SIGCONT');
      } catch (error) {
        // A failed liveness probe has ended it.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    },
  };
}

function oneOf(pids: readonly number[]): number {
  return pids[Math.floor(Math.random() * pids.length)]!;
}
