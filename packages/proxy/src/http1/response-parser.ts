import { bodyFraming, type BodyFraming } from './body-framing.js';
import { ChunkedBody } from './chunked-body.js';
import { MAX_HEADER_BYTES, ProtocolError } from './header-line.js';
import { readResponseHead, type ResponseHead } from './response-head.js';

const CR = 0x0d;
const LF = 0x0a;
const VERSION = 'HTTP/1.';

/** The callbacks for the parts of a response. */
export interface ResponseListener {
  onHead(head: ResponseHead): void;
  onData(data: Buffer): void;
}

/** Reads one response from the bytes of a connection. Interim responses (1xx) except 101 are skipped. */
export class ResponseParser {
  readonly #method: string;
  readonly #listener: ResponseListener;
  /** The bytes of an incomplete head. */
  #partialHead: Buffer | undefined;
  #head: ResponseHead | undefined;
  #framing: BodyFraming = 0;
  #received = 0;
  #chunks: ChunkedBody | undefined;

  /** The response to the method HEAD has no body. */
  constructor(method: string, listener: ResponseListener) {
    this.#method = method;
    this.#listener = listener;
  }

  /** True from the first byte of a response on, interim ones aside. */
  get hasBegun(): boolean {
    return this.#head !== undefined || this.#partialHead !== undefined;
  }

  /** True when the response has ended; one that lasts until the connection ends never is. */
  get isComplete(): boolean {
    if (!this.#head) return false;
    return this.#chunks?.isComplete ?? this.#received === this.#framing;
  }

  /** True when the response ends with the backend's side of the connection. */
  get endsWithConnection(): boolean {
    return this.#framing === 'until-close';
  }

  /**
   * Reads bytes, and returns how many of them belong to the response.
   *
   * @throws {ProtocolError} when they are not a response of HTTP/1.x.
   */
  read(bytes: Buffer): number {
    let at = 0;
    let rest = bytes;
    while (!this.#head) {
      const used = this.#readHead(rest);
      at += used;
      if (!this.#head && at >= bytes.length) return bytes.length;
      rest = bytes.subarray(at);
    }
    return at + this.#readBody(rest);
  }

  /** Returns how many of the bytes it has read; sets `#head` when a final response's head is complete. */
  #readHead(bytes: Buffer): number {
    const partial = this.#partialHead;
    const all = partial ? Buffer.concat([partial, bytes]) : bytes;
    const { end, next } = findHeadEnd(all);
    if ((end === -1 ? all.length : end) > MAX_HEADER_BYTES)
      throw new ProtocolError(`the headers are longer than ${MAX_HEADER_BYTES} bytes`);
    if (end === -1) {
      const begin = all.toString('latin1', 0, VERSION.length);
      if (!VERSION.startsWith(begin)) throw new ProtocolError('the response is not HTTP/1.x');
      this.#partialHead = all;
      return bytes.length;
    }
    this.#partialHead = undefined;
    this.#onHead(readResponseHead(all.toString('latin1', 0, end)));
    return next - (partial?.length ?? 0);
  }

  #onHead(head: ResponseHead): void {
    this.#framing = bodyFraming(this.#method, head);
    if (head.status < 200 && head.status !== 101) return;
    this.#head = head;
    if (this.#framing === 'chunked') this.#chunks = new ChunkedBody();
    this.#listener.onHead(head);
  }

  #readBody(bytes: Buffer): number {
    if (bytes.length === 0 || this.isComplete) return 0;
    if (this.#chunks) return this.#chunks.read(bytes, 0, (data) => this.#listener.onData(data));
    const length = this.#framing === 'until-close' ? bytes.length : Number(this.#framing) - this.#received;
    const data = bytes.subarray(0, length);
    this.#received += data.length;
    this.#listener.onData(data);
    return data.length;
  }
}

/**
 * Returns where the head ends and where the body begins, -1 for both when the empty line has not arrived. Lines may end in a
 * bare LF, as in Envoy (RFC 9112, 2.2).
 */
function findHeadEnd(bytes: Buffer): { end: number; next: number } {
  for (let lf = bytes.indexOf(LF); lf !== -1; lf = bytes.indexOf(LF, lf + 1)) {
    const emptyLine = bytes[lf + 1] === CR ? lf + 2 : lf + 1;
    if (bytes[emptyLine] === LF) return { end: bytes[lf - 1] === CR ? lf - 1 : lf, next: emptyLine + 1 };
  }
  return { end: -1, next: -1 };
}
