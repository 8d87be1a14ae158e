import { Sidecar } from '@bookinfo/mesh';
import { LogWriter } from '@bookinfo/effects';
import { Command } from 'commander';
import { printError } from '../output.js';

/** Time for requests in flight, shorter than the 10 s after which Docker kills a container. */
const GRACE_MS = 5000;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Returns the command that runs the proxy of one pod or gateway in a container. */
export function sidecarCommand(): Command {
  return new Command('sidecar')
    .description('Run the proxy of a pod in a container, as compose.yaml does with PROXY=node')
    .argument('<folder>', 'folder that `control` writes its table to')
    .action(async (folder: string) => {
      const log = new LogWriter(process.stdout, ({ message }) =>
        printError(`The access log can't be written any more: ${message}\n`),
      );
      const stopping = new AbortController();
      for (const signal of SIGNALS) process.on(signal, () => stopping.abort());
      const listeners = {
        onAccessLog: (line: string) => log.write(line),
        onOutage: (reason: string) => printError(`${reason}; spans are dropped until it does\n`),
      };
      const sidecar = await Sidecar.start(folder, listeners, stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) throw error;
      });
      if (!sidecar) return;
      if (!stopping.signal.aborted)
        await new Promise((resolve) => stopping.signal.addEventListener('abort', resolve));
      await sidecar.close(GRACE_MS);
      await log.end();
    });
}
