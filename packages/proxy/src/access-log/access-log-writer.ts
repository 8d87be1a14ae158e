import type { Writable } from 'node:stream';
import { formatAccessLog, type AccessLogEntry } from './access-log-entry.js';

/** More bytes wait only for a reader that has stopped, or for a full disk. */
const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * Writes a line for each request, after the name of its proxy. Requests never wait for it: lines that the stream cannot
 * take are left out, and their number is written as soon as it can again. An error of the stream ends only the log.
 */
export class AccessLogWriter {
  readonly #stream: Writable;
  #leftOut = 0;

  /** `onError` is called once, with the error that ends the log. */
  constructor(stream: Writable, onError: (error: Error) => void) {
    this.#stream = stream;
    stream.once('error', onError).on('error', () => undefined);
  }

  write(proxy: string, entry: AccessLogEntry): void {
    if (!this.#stream.writable) return;
    if (this.#stream.writableLength > MAX_WAITING_BYTES) {
      this.#leftOut += 1;
      return;
    }
    if (this.#leftOut > 0) this.#stream.write(`(${this.#leftOut} lines left out)\n`);
    this.#leftOut = 0;
    this.#stream.write(`${proxy} ${formatAccessLog(entry)}\n`);
  }

  /** Resolves when everything is written, or the log has failed. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#stream.writable) return resolve();
      this.#stream.once('error', () => resolve()).end(resolve);
    });
  }
}
