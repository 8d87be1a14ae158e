/** What can happen, each with its share; the shares add up to 1. */
export type Distribution<T> = readonly { value: T; share: number }[];

/** What is certain. */
export function always<T>(value: T): Distribution<T> {
  return [{ value, share: 1 }];
}

/** One of several, each with its weight above zero; they need not add up to 1. */
export function weighted<T>(choices: readonly { value: T; weight: number }[]): Distribution<T> {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  return choices.map(({ value, weight }) => ({ value, share: weight / total }));
}

/** True with this probability, 0 to 1. */
export function chance(share: number): Distribution<boolean> {
  if (share <= 0) return always(false);
  if (share >= 1) return always(true);
  return [
    { value: true, share },
    { value: false, share: 1 - share },
  ];
}

/** What follows from each value, independently of how it came about. */
export function andThen<A, B>(first: Distribution<A>, next: (value: A) => Distribution<B>): Distribution<B> {
  return first.flatMap((one) =>
    next(one.value).map(({ value, share }) => ({ value, share: share * one.share })),
  );
}

/** The same with equal values, told by `keyOf`, put together; the most frequent first. */
export function merged<T>(distribution: Distribution<T>, keyOf: (value: T) => string): Distribution<T> {
  const byKey = Map.groupBy(distribution, ({ value }) => keyOf(value));
  return Array.from(byKey.values(), (same) => ({
    value: same[0]!.value,
    share: same.reduce((sum, { share }) => sum + share, 0),
  })).toSorted((a, b) => b.share - a.share);
}
