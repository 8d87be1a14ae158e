import type { Writable } from 'node:stream';

/** More bytes wait only for a reader that has stopped. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** Time for the reader of a pipe to take the rest before the process ends. */
const END_LIMIT_MS = 1000;

/**
 * Writes the lines of a log, those of one turn of the event loop together: a write takes longer than the rest of what a line
 * costs. Nothing ever waits for it: lines that the stream cannot take are left out, and their number is written as soon as it
 * can again. An error of the stream ends the log, and nothing else.
 *
 * The stream of standard output is `process.stdout`. One of its descriptor, as `createWriteStream` makes, would write to a
 * pipe in a thread that Node waits for when it exits, for ever when the reader has stopped.
 */
export class LogWriter {
  readonly #stream: Writable;
  readonly #failed: Promise<void>;
  #hasFailed = false;
  #leftOut = 0;
  /** The lines of this turn. */
  #lines = '';

  /** `onError` is called once, with the error that ends the log. */
  constructor(stream: Writable, onError: (error: Error) => void) {
    this.#stream = stream;
    this.#failed = new Promise((resolve) => {
      // The listener stays: every write under way fails with an error of its own.
      stream.on('error', (error) => {
        if (!this.#hasFailed) onError(error);
        this.#hasFailed = true;
        resolve();
      });
    });
    // The last lines before an exception that ends the process are those that count.
    process.once('exit', () => this.#flush());
  }

  /** Writes a line, given without its end. */
  write(line: string): void {
    if (this.#hasFailed) return;
    if (this.#stream.writableLength + this.#lines.length > MAX_WAITING_BYTES) {
      this.#leftOut += 1;
      return;
    }
    if (this.#lines === '') setImmediate(() => this.#flush());
    if (this.#leftOut > 0) this.#lines += `(${this.#leftOut} lines left out)\n`;
    this.#leftOut = 0;
    this.#lines += `${line}\n`;
  }

  /** Resolves when everything is written, when the log has failed, or after a second. */
  async end(): Promise<void> {
    if (this.#hasFailed) return;
    this.#flush();
    const written = new Promise<void>((resolve) => void this.#stream.write('', () => resolve()));
    const limit = new Promise<void>((resolve) => void setTimeout(resolve, END_LIMIT_MS).unref());
    await Promise.race([written, this.#failed, limit]);
  }

  #flush(): void {
    if (this.#lines === '') return;
    const lines = this.#lines;
    this.#lines = '';
    this.#stream.write(lines);
  }
}
