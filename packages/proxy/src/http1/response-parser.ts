import { bodyFraming, type BodyFraming } from './body-framing.js';
import { ChunkedBody } from './chunked-body.js';
import { MAX_HEADER_BYTES, ProtocolError } from './header-line.js';
import { readResponseHead, type ResponseHead } from './response-head.js';

const HEAD_END = '\r\n\r\n';
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
    const end = all.indexOf(HEAD_END);
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
    return end + HEAD_END.length - (partial?.length ?? 0);
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
