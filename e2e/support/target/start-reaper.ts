import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../repository.ts';

/**
 * Starts a program of this folder that removes what a target has made when its standard input ends, as it does with this process;
 * Ctrl-C does not reach its process group. Returns what ends it now.
 *
 * @param left what is left when it fails
 */
export function startReaper(program: string, args: readonly string[], left: string): () => Promise<void> {
  const reaper = spawn(process.execPath, [join(import.meta.dirname, program), ...args], {
    cwd: root,
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  reaper.unref();
  return async () => {
    reaper.stdin.end();
    const [code] = (await once(reaper, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`${left} are not removed`);
  };
}
