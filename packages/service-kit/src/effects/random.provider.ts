/** The source of random numbers, injected so that a test can choose them. */
export class Random {
  /** Returns a number in [0, 1). */
  next(): number {
    return Math.random();
  }
}
