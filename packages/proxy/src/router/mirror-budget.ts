/** As many requests as Envoy lets a cluster have under way by default. */
const MAX_COPIES = 1024;
/** Of all copies together: what their backends have not taken yet. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What the copies of one proxy may use up, so that a mirror that hangs costs a limited amount. */
export class MirrorBudget {
  #copies = 0;
  #bytes = 0;

  /** False when there are too many; else the copy counts until `end`. */
  begin(): boolean {
    if (this.#copies >= MAX_COPIES) return false;
    this.#copies += 1;
    return true;
  }

  end(): void {
    this.#copies -= 1;
  }

  /** False when the bytes would be too many; else they count until they are freed. */
  take(bytes: number): boolean {
    if (this.#bytes + bytes > MAX_BYTES) return false;
    this.#bytes += bytes;
    return true;
  }

  free(bytes: number): void {
    this.#bytes -= bytes;
  }
}
