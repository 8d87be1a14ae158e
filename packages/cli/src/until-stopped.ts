import type { MeshServer } from '@bookinfo/mesh';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** What pods get to end by themselves before they are killed. */
const STOP_GRACE_MS = 5000;
/** npx hands a Ctrl-C on to us that the terminal has sent us as well: a person's second one comes later than this. */
const SAME_SIGNAL_MS = 300;
/** Shells' code for a program that Ctrl-C has ended. */
const INTERRUPTED = 130;

/**
 * Runs `start`, then waits for a signal; in the end the mesh is stopped, whatever happens, then `finish` runs, and the
 * process exits: with 0 after a signal, with 130 after a second Ctrl-C, which kills at once. Throws what `start` throws.
 */
export async function untilStopped(
  mesh: MeshServer,
  start: () => Promise<void>,
  finish: () => Promise<void>,
): Promise<void> {
  // For an end that comes without warning, such as a mistake of ours.
  process.once('exit', () => mesh.kill());
  const signalled = new Promise<'signalled'>((resolve) => {
    let firstAt: number | undefined;
    const onSignal = (signal: NodeJS.Signals): void => {
      firstAt ??= performance.now();
      if (signal === 'SIGINT' && performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(INTERRUPTED);
      resolve('signalled');
    };
    for (const signal of SIGNALS) process.on(signal, onSignal);
  });
  try {
    // A signal that comes before the start is complete ends it too; how the start ends then doesn't matter.
    const starting = start();
    starting.catch(() => undefined);
    const first = await Promise.race([starting, signalled]);
    if (first !== 'signalled') await signalled;
  } finally {
    await mesh.stop(STOP_GRACE_MS);
    await finish();
  }
  process.exit(0);
}
