import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AccessLogWriter } from '@bookinfo/proxy';
import { Option } from 'commander';

const STDOUT = 1;
/** Time for the reader of a pipe to take the rest before the process ends. */
const END_LIMIT_MS = 1000;

/** Returns `--access-log`, the option for the file of the access log. */
export function accessLogOption(): Option {
  return new Option(
    '--access-log <file>',
    'file to log every request of every proxy to, a line each; - is stdout',
  );
}

/**
 * Opens the log to append to it.
 * @throws {Error} when the file cannot be written.
 */
export async function openAccessLog(file: string): Promise<AccessLogWriter> {
  // Writes to process.stdout would block until the reader of a pipe has taken them.
  const stream =
    file === '-' ? createWriteStream('', { fd: STDOUT, autoClose: false }) : await openAtEnd(file);
  return new AccessLogWriter(stream, ({ message }) => {
    process.stderr.write(`The access log ${file} can't be written any more: ${message}\n`);
  });
}

/** Waits until all of the log is written, for at most `END_LIMIT_MS`. */
export async function closeAccessLog(log: AccessLogWriter | undefined): Promise<void> {
  if (!log) return;
  const limit = new Promise((resolve) => setTimeout(resolve, END_LIMIT_MS).unref());
  await Promise.race([log.end(), limit]);
}

async function openAtEnd(file: string) {
  try {
    return (await open(file, 'a')).createWriteStream();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`--access-log ${file} can't be written: ${reason}`, { cause: error });
  }
}
