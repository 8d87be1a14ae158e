/**
 * The parts of one kind that the other thread has, each by a number. Parts are compared as objects: the compiler returns the
 * same object for what has not changed.
 */
export class SentParts<Part extends object> {
  #ids = new Map<Part, number>();
  #used = new Map<Part, number>();
  #nextId = 0;

  /** Returns the number of the part, and calls `send` with it when the other thread does not have the part. */
  use(part: Part, send: (id: number) => void): number {
    let id = this.#used.get(part);
    if (id !== undefined) return id;
    id = this.#ids.get(part);
    if (id === undefined) {
      id = this.#nextId;
      this.#nextId += 1;
      send(id);
    }
    this.#used.set(part, id);
    return id;
  }

  /** Ends an update: forgets the parts that it has not used, as the other thread does. */
  endUpdate(): void {
    this.#ids = this.#used;
    this.#used = new Map();
  }
}
