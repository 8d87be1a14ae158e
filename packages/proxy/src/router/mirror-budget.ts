/** Copies under way at one proxy: Envoy's default of a cluster's requests. */
const MAX_COPIES = 1024;
/** Bytes of all copies together that their backends have not taken yet. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The resources of one proxy for mirroring, so that a mirror that hangs has a limited cost. */
export class MirrorBudget {
  #copies = 0;
  #bytes = 0;

  /** Counts a copy until `end`, or returns false when there are too many. */
  begin(): boolean {
    if (this.#copies >= MAX_COPIES) return false;
    this.#copies += 1;
    return true;
  }

  end(): void {
    this.#copies -= 1;
  }

  /** Counts the bytes until they are freed, or returns false when they would be too many. */
  take(bytes: number): boolean {
    if (this.#bytes + bytes > MAX_BYTES) return false;
    this.#bytes += bytes;
    return true;
  }

  free(bytes: number): void {
    this.#bytes -= bytes;
  }
}
