interface Waiting<Value> extends PromiseWithResolvers<void> {
  value: Value;
}

/** Carries out an action for given values, never two at a time; of the values that wait, for the latest alone. */
export class LatestOnly<Value> {
  readonly #action: (value: Value) => Promise<void>;
  #waiting: Waiting<Value> | undefined;
  #isActing = false;

  constructor(action: (value: Value) => Promise<void>) {
    this.#action = action;
  }

  /** Resolves, or rejects, as the action does for this value or for the one that has replaced it. */
  set(value: Value): Promise<void> {
    this.#waiting = { ...(this.#waiting ?? Promise.withResolvers<void>()), value };
    const { promise } = this.#waiting;
    if (!this.#isActing) void this.#act();
    return promise;
  }

  async #act(): Promise<void> {
    this.#isActing = true;
    while (this.#waiting) {
      const { value, resolve, reject } = this.#waiting;
      this.#waiting = undefined;
      await this.#action(value).then(resolve, reject);
    }
    this.#isActing = false;
  }
}
