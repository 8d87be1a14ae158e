import type { Client, Model } from '@bookinfo/rules';
import type { RouteTable } from '@bookinfo/routing';
import { ClientClasses } from './client-classes.js';
import { recompile, type Compilation } from './compile.js';

/**
 * Compiles the tables of a mesh whose model changes. The only memory of the compiler: it keeps the latest compilation of
 * each class of clients, so that one changed resource costs little in a mesh of a thousand.
 */
export class Compiler {
  #model: Model;
  #classes: ClientClasses;
  #current = new Map<string, Compilation>();
  /**
   * Compilations of the previous model, whose parts are reused; those not requested since are dropped at the next update.
   */
  #previous: ReadonlyMap<string, Compilation> = new Map();

  constructor(model: Model) {
    this.#model = model;
    this.#classes = new ClientClasses(model.resources);
  }

  /** Replaces the model that tables are compiled from. */
  update(model: Model): void {
    this.#model = model;
    this.#classes = new ClientClasses(model.resources, this.#classes);
    this.#previous = this.#current;
    this.#current = new Map();
  }

  /** Returns the table of the client's proxy: what `compile` returns, the same object for all clients of a class. */
  tableFor(client: Client): RouteTable {
    const representative = this.#classes.representativeOf(client);
    const key = JSON.stringify(representative);
    let compilation = this.#current.get(key);
    if (!compilation) {
      compilation = recompile(this.#model, representative, this.#previous.get(key));
      this.#current.set(key, compilation);
    }
    return compilation.table;
  }
}
