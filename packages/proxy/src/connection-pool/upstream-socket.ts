import { Socket } from 'node:net';

type WriteCallback = (error?: Error | null) => void;

/**
 * A connection that reads on after a write has failed. A server may answer before it has read a large body, and close
 * (413 Content Too Large): the write fails, but the answer lies unread in our receive buffer. Node's own sockets are
 * destroyed by the failed write, and the answer with them (RFC 9112, 9.5, wants a client to watch for it).
 */
export class UpstreamSocket extends Socket {
  override _write(chunk: unknown, encoding: BufferEncoding, callback: WriteCallback): void {
    super._write(chunk, encoding, this.#afterReading(callback));
  }

  override _writev(chunks: { chunk: unknown; encoding: BufferEncoding }[], callback: WriteCallback): void {
    super._writev?.(chunks, this.#afterReading(callback));
  }

  #afterReading(callback: WriteCallback): WriteCallback {
    return (error) => {
      if (error && !this.readableEnded) this.once('end', () => callback(error));
      else callback(error);
    };
  }
}
