/** Limit of the kept output, in bytes. */
const MAX_BYTES = 64 * 1024;

/** The last 64 KiB of the output of a process. */
export class OutputTail {
  #chunks: Buffer[] = [];
  #bytes = 0;

  append(chunk: Buffer): void {
    this.#chunks.push(chunk.length > MAX_BYTES ? chunk.subarray(-MAX_BYTES) : chunk);
    this.#bytes += this.#chunks.at(-1)?.length ?? 0;
    while (this.#bytes - (this.#chunks[0]?.length ?? 0) >= MAX_BYTES)
      this.#bytes -= this.#chunks.shift()?.length ?? 0;
  }

  toString(): string {
    return Buffer.concat(this.#chunks).subarray(-MAX_BYTES).toString();
  }
}
