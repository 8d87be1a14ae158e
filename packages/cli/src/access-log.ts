import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AccessLogWriter } from '@bookinfo/proxy';
import { Option } from 'commander';

const STDOUT = 1;
/** How long a reader that has stopped, of a pipe, may hold up the end of the process. */
const END_LIMIT_MS = 1000;

/** Where a line about every request goes. */
export function accessLogOption(): Option {
  return new Option('--access-log <file>', 'file for a line about every request of every proxy; - is stdout');
}

/** Opens the log, at the file's end. Throws an Error that names a file that can't be written. */
export async function openAccessLog(file: string): Promise<AccessLogWriter> {
  // Writes to process.stdout would wait for whoever reads the pipe.
  const stream =
    file === '-' ? createWriteStream('', { fd: STDOUT, autoClose: false }) : await openAtEnd(file);
  return new AccessLogWriter(stream, ({ message }) => {
    process.stderr.write(`The access log ${file} ends here: ${message}\n`);
  });
}

/** Waits, not for long, until all of the log is written. */
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
