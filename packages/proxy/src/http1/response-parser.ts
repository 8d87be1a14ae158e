import { MAX_HEADER_BYTES } from './limits.js';
import { bodyFraming, type BodyFraming } from './body-framing.js';
import { ChunkedBody } from './chunked-body.js';
import { ProtocolError } from './protocol-error.js';
import { readResponseHead, type ResponseHead } from './response-head.js';

const HEAD_END = '\r\n\r\n';
const VERSION = 'HTTP/1.';

/** Told of an answer piece by piece. */
export interface ResponseListener {
  onHead(head: ResponseHead): void;
  onData(data: Buffer): void;
}

/** Reads one answer from the bytes of a connection. Interim answers (1xx) but 101 are passed over. */
export class ResponseParser {
  readonly #method: string;
  readonly #listener: ResponseListener;
  /** Bytes of a head that isn't complete. */
  #partialHead: Buffer | undefined;
  #head: ResponseHead | undefined;
  #framing: BodyFraming = 0;
  #received = 0;
  #chunks: ChunkedBody | undefined;

  /** The request's method tells whether the answer has a body. */
  constructor(method: string, listener: ResponseListener) {
    this.#method = method;
    this.#listener = listener;
  }

  /** True when the answer has ended; one that lasts until the connection ends never is by itself. */
  get isComplete(): boolean {
    if (!this.#head) return false;
    return this.#chunks?.isComplete ?? this.#received === this.#framing;
  }

  /** True while the answer is one that ends when the backend closes its side. */
  get endsWithConnection(): boolean {
    return this.#framing === 'until-close';
  }

  /** Returns how many of the bytes belong to the answer. Throws a ProtocolError. */
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

  /** Returns how many of the bytes it took; sets `#head` when that was the last of a final answer's. */
  #readHead(bytes: Buffer): number {
    const partial = this.#partialHead;
    const all = partial ? Buffer.concat([partial, bytes]) : bytes;
    const end = all.indexOf(HEAD_END);
    if ((end === -1 ? all.length : end) > MAX_HEADER_BYTES)
      throw new ProtocolError(`the headers are longer than ${MAX_HEADER_BYTES} bytes`);
    if (end === -1) {
      const begin = all.toString('latin1', 0, VERSION.length);
      if (!VERSION.startsWith(begin)) throw new ProtocolError('the answer is not HTTP/1.x');
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
