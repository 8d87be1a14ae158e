/** Returns a random number in [0, 1); `Math.random` in production. */
export type Random = () => number;
