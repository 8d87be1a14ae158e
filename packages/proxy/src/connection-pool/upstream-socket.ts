import { Socket } from 'node:net';

type WriteCallback = (error?: Error | null) => void;

/**
 * A socket that continues reading after a failed write. A server may respond before it has read a large body, and close
 * (413 Content Too Large): the write fails, but the response is unread in the receive buffer. A plain Node socket is
 * destroyed by the failed write, and loses the response, which RFC 9112, 9.5, asks a client to watch for.
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
