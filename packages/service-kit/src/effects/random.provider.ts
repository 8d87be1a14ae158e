/** Chance. */
export class Random {
  /** From 0 up to but not including 1. */
  next(): number {
    return Math.random();
  }
}
