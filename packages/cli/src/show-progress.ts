import type { MeshServer } from '@bookinfo/mesh';

/** Width of a terminal that does not report it. */
const DEFAULT_COLUMNS = 80;

/**
 * Prints the progress of the start: a line for each workload that is ready, or on a terminal one line that changes. Returns
 * the function that stops it.
 */
export function showProgress(mesh: MeshServer): () => void {
  const { stdout } = process;
  const startedAt = performance.now();
  const showWaiting = (): void => {
    const waiting = mesh.pods.filter((pod) => !pod.ready).map((pod) => pod.deployment);
    if (waiting.length === 0) return;
    const ready = mesh.pods.length - waiting.length;
    const text = `${ready} of ${mesh.pods.length} ready, waiting for ${waiting.join(', ')}`;
    stdout.cursorTo(0);
    stdout.write(text.slice(0, (stdout.columns || DEFAULT_COLUMNS) - 1));
    stdout.clearLine(1);
  };
  const unsubscribe = mesh.onEvent((event) => {
    if (event.kind !== 'ready') return;
    if (stdout.isTTY) showWaiting();
    else
      stdout.write(
        `${event.pod.deployment} is ready (${((performance.now() - startedAt) / 1000).toFixed(1)} s)\n`,
      );
  });
  if (stdout.isTTY) showWaiting();
  return () => {
    unsubscribe();
    if (!stdout.isTTY) return;
    stdout.cursorTo(0);
    stdout.clearLine(0);
  };
}
