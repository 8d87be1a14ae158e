import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

const PERIOD_MS = 1000;

/**
 * Calls `onExhausted` when this process has as many files and connections open as it may, once until it has fewer. The system
 * then refuses clients without any error here (libuv, `uv__emfile_trick`). Returns a function that ends the watch.
 */
export function watchDescriptors(onExhausted: () => void): () => void {
  let wasExhausted = false;
  const timer = setInterval(() => {
    const isExhausted = !canOpen();
    if (isExhausted && !wasExhausted) onExhausted();
    wasExhausted = isExhausted;
  }, PERIOD_MS).unref();
  return () => clearInterval(timer);
}

function canOpen(): boolean {
  try {
    closeSync(openSync(devNull, 'r'));
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== 'EMFILE' && code !== 'ENFILE';
  }
}
