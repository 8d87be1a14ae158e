import { HeaderList } from '@bookinfo/routing';
import { MAX_HEADER_BYTES, ProtocolError, readHeaderLine } from './header-line.js';

const LF = 0x0a;

/** A size in hexadecimal and extensions, which are ignored (RFC 9112, 7.1.1). */
const SIZE_LINE = /^([0-9a-f]{1,13})(?:[\t ]*;[\t\x20-\x7e\x80-\xff]*)?$/i;
const MAX_SIZE_LINE_BYTES = 4096;

/** Decodes a body in chunks (RFC 9112, 7.1). */
export class ChunkedBody {
  #expected: 'size' | 'data' | 'end of data' | 'trailer' | 'nothing' = 'size';
  /** Bytes of the chunk that have not arrived. */
  #missing = 0;
  /** The beginning of a line whose end has not arrived. */
  #line = '';
  #trailerBytes = 0;

  get isComplete(): boolean {
    return this.#expected === 'nothing';
  }

  /**
   * Reads on from `offset`, passes the data on, and returns the offset of the first byte that no longer belongs to the
   * body. Trailers are checked and dropped, as in Envoy's default (enable_trailers).
   *
   * @throws {ProtocolError} when the bytes are not a body in chunks.
   */
  read(bytes: Buffer, offset: number, onData: (data: Buffer) => void): number {
    let at = offset;
    while (at < bytes.length && !this.isComplete)
      at = this.#expected === 'data' ? this.#readData(bytes, at, onData) : this.#readLine(bytes, at);
    return at;
  }

  #readData(bytes: Buffer, offset: number, onData: (data: Buffer) => void): number {
    const end = Math.min(bytes.length, offset + this.#missing);
    this.#missing -= end - offset;
    if (this.#missing === 0) this.#expected = 'end of data';
    onData(bytes.subarray(offset, end));
    return end;
  }

  #readLine(bytes: Buffer, offset: number): number {
    const lf = bytes.indexOf(LF, offset);
    const end = lf === -1 ? bytes.length : lf + 1;
    this.#line += bytes.toString('latin1', offset, end);
    const limit = this.#expected === 'trailer' ? MAX_HEADER_BYTES - this.#trailerBytes : MAX_SIZE_LINE_BYTES;
    if (this.#line.length > limit) throw new ProtocolError('a line of the chunked body is too long');
    if (lf !== -1) {
      if (!this.#line.endsWith('\r\n'))
        throw new ProtocolError('a line of the chunked body ends in a bare LF');
      const line = this.#line.slice(0, -2);
      this.#line = '';
      this.#onLine(line);
    }
    return end;
  }

  #onLine(line: string): void {
    if (this.#expected === 'size') this.#onSize(line);
    else if (this.#expected === 'trailer') this.#onTrailer(line);
    else if (line === '') this.#expected = 'size';
    else throw new ProtocolError('a chunk is longer than its size');
  }

  #onSize(line: string): void {
    const size = SIZE_LINE.exec(line)?.[1];
    if (size === undefined)
      throw new ProtocolError(`${JSON.stringify(line.slice(0, 100))} is not a chunk size`);
    this.#missing = Number.parseInt(size, 16);
    this.#expected = this.#missing === 0 ? 'trailer' : 'data';
  }

  #onTrailer(line: string): void {
    this.#trailerBytes += line.length + 2;
    if (line === '') this.#expected = 'nothing';
    else readHeaderLine(line, new HeaderList());
  }
}
