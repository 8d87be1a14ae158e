/** A number in [0, 1), drawn anew at every call; `Math.random` in production. */
export type Random = () => number;
