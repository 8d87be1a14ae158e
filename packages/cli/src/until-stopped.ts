import type { MeshServer } from '@bookinfo/mesh';
import { npmEnded } from './npm-ended.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Time that pods have to end after SIGTERM before they are killed. */
const STOP_GRACE_MS = 5000;
/** The terminal sends a Ctrl-C to npx and to this process, and npx passes its own on. A second Ctrl-C comes later than this. */
const SAME_SIGNAL_MS = 300;
/** Exit code of shells for a program that Ctrl-C has ended. */
const INTERRUPTED = 130;

/**
 * Runs `start`, waits for a signal, then stops the mesh, runs `finish` and exits: with 0 after a signal, with 130 after a
 * second Ctrl-C, which kills all pods at once. The mesh is stopped also when `start` throws, and the error is rethrown.
 */
export async function untilStopped(
  mesh: MeshServer,
  start: () => Promise<void>,
  finish: () => Promise<void>,
): Promise<void> {
  // For an exit without a signal, such as an uncaught exception.
  process.once('exit', () => mesh.kill());
  const stopped = Promise.race([signalled(), npmEnded()]).then(() => 'stopped' as const);
  try {
    // A signal during the start ends it too; then its own result does not matter.
    const starting = start();
    starting.catch(() => undefined);
    const first = await Promise.race([starting, stopped]);
    if (first !== 'stopped') await stopped;
  } finally {
    await mesh.stop(STOP_GRACE_MS);
    await finish();
  }
  process.exit(0);
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const onSignal = (signal: NodeJS.Signals): void => {
      firstAt ??= performance.now();
      if (signal === 'SIGINT' && performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(INTERRUPTED);
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, onSignal);
  });
}
