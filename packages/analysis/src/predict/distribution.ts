/** A finite probability distribution: the possible values with their shares, which add up to 1. */
export type Distribution<T> = readonly { value: T; share: number }[];

/** Returns the distribution of a value that is certain. */
export function certain<T>(value: T): Distribution<T> {
  return [{ value, share: 1 }];
}

/** Returns the distribution of a choice by weights above zero, which need not add up to 1. */
export function weighted<T>(choices: readonly { value: T; weight: number }[]): Distribution<T> {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  return choices.map(({ value, weight }) => ({ value, share: weight / total }));
}

/** Returns the distribution that is true with this probability, clamped to 0 to 1. */
export function bernoulli(probability: number): Distribution<boolean> {
  if (probability <= 0) return certain(false);
  if (probability >= 1) return certain(true);
  return [
    { value: true, share: probability },
    { value: false, share: 1 - probability },
  ];
}

/** Returns the distribution of what `next` makes of each value. Both draws are independent. */
export function flatMap<A, B>(
  distribution: Distribution<A>,
  next: (value: A) => Distribution<B>,
): Distribution<B> {
  return distribution.flatMap((first) =>
    next(first.value).map(({ value, share }) => ({ value, share: share * first.share })),
  );
}

/** Adds up the shares of values with the same key and keeps the first value of each. The largest share comes first. */
export function groupBy<T>(distribution: Distribution<T>, keyOf: (value: T) => string): Distribution<T> {
  const byKey = Map.groupBy(distribution, ({ value }) => keyOf(value));
  return Array.from(byKey.values(), (same) => ({
    value: same[0]!.value,
    share: same.reduce((sum, { share }) => sum + share, 0),
  })).toSorted((a, b) => b.share - a.share);
}
