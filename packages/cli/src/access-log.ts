import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { LogWriter } from '@bookinfo/effects';
import { Option } from 'commander';
import { printError } from './output.js';

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
export async function openAccessLog(file: string): Promise<LogWriter> {
  return new LogWriter(file === '-' ? process.stdout : await openAtEnd(file), ({ message }) => {
    printError(`The access log ${file} can't be written any more: ${message}\n`);
  });
}

async function openAtEnd(file: string): Promise<Writable> {
  try {
    return (await open(file, 'a')).createWriteStream();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`--access-log ${file} can't be written: ${reason}`, { cause: error });
  }
}
