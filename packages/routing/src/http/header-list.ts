/** One header: its name in lower case, and one value. */
export type Header = readonly [name: string, value: string];

/**
 * The headers of a message in their order, names in lower case; a name may occur several times (Envoy: HeaderMap). They
 * are kept as names and values in turn, the form in which Node's http module reads and writes them: a proxy makes several
 * lists for each request.
 */
export class HeaderList implements Iterable<Header> {
  readonly #flat: string[];

  /** Copies the headers. */
  constructor(headers: Iterable<Header> = []) {
    this.#flat = [];
    this.addAll(headers);
  }

  /** Reads Node's `rawHeaders`: names in any case and values in turn. */
  static fromRaw(rawHeaders: readonly string[]): HeaderList {
    const list = new HeaderList();
    const flat = list.#flat;
    for (let index = 0; index + 1 < rawHeaders.length; index += 2)
      flat.push(String(rawHeaders[index]).toLowerCase(), String(rawHeaders[index + 1]));
    return list;
  }

  /** Returns names and values in turn, for `writeHead` of Node's http module. */
  toRaw(): string[] {
    return this.#flat.slice();
  }

  /** Returns the value of the first header of that name. */
  get(name: string): string | undefined {
    const index = this.#indexOf(name);
    return index === -1 ? undefined : this.#flat[index + 1];
  }

  /** Returns the values of all headers of that name, in their order. */
  values(name: string): string[] {
    const flat = this.#flat;
    const values: string[] = [];
    for (let index = 0; index < flat.length; index += 2)
      if (flat[index] === name) values.push(flat[index + 1] ?? '');
    return values;
  }

  /** Checks whether there is a header of that name. */
  has(name: string): boolean {
    return this.#indexOf(name) !== -1;
  }

  /** Calls `visit` for each header, in their order. */
  forEach(visit: (name: string, value: string) => void): void {
    const flat = this.#flat;
    for (let index = 0; index < flat.length; index += 2) visit(flat[index] ?? '', flat[index + 1] ?? '');
  }

  /** Iterates over the headers, in their order. */
  *[Symbol.iterator](): Iterator<Header> {
    const flat = this.#flat;
    for (let index = 0; index < flat.length; index += 2) yield [flat[index] ?? '', flat[index + 1] ?? ''];
  }

  /** Returns a new list of the headers whose names pass. */
  filter(passes: (name: string) => boolean): HeaderList {
    const kept = new HeaderList();
    const flat = kept.#flat;
    this.forEach((name, value) => {
      if (passes(name)) flat.push(name, value);
    });
    return kept;
  }

  /** Appends a header, whether or not there are others of its name. */
  add(name: string, value: string): this {
    this.#flat.push(name, value);
    return this;
  }

  /** Appends all of the headers. */
  addAll(headers: Iterable<Header>): this {
    if (headers instanceof HeaderList) this.#flat.push(...headers.#flat);
    else for (const [name, value] of headers) this.add(name, value);
    return this;
  }

  /** Removes the headers of that name and appends this one. */
  set(name: string, value: string): this {
    return this.remove(name).add(name, value);
  }

  /** Removes all headers of that name. */
  remove(name: string): this {
    const flat = this.#flat;
    let kept = this.#indexOf(name);
    if (kept === -1) return this;
    for (let index = kept; index < flat.length; index += 2) {
      const [each = '', value = ''] = [flat[index], flat[index + 1]];
      if (each === name) continue;
      flat[kept] = each;
      flat[kept + 1] = value;
      kept += 2;
    }
    flat.length = kept;
    return this;
  }

  #indexOf(name: string): number {
    const flat = this.#flat;
    for (let index = 0; index < flat.length; index += 2) if (flat[index] === name) return index;
    return -1;
  }
}
