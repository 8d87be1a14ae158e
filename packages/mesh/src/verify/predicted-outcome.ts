import type { DelayedPair } from '@bookinfo/verdict';

/** An outcome that is predicted for one request. */
export interface PredictedOutcome {
  label: string;
  share: number;
  delayMs: number;
  /** The label of the same response without a delay. */
  response: string;
}

/** Returns the shares by label. */
export function sharesOf(predicted: readonly PredictedOutcome[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { label, share } of predicted) shares.set(label, (shares.get(label) ?? 0) + share);
  return shares;
}

/** Returns the predicted outcomes of the same response with a longer delay. */
export function slowerThan(
  { response, delayMs }: PredictedOutcome,
  predicted: readonly PredictedOutcome[],
): PredictedOutcome[] {
  return predicted.filter((other) => other.response === response && other.delayMs > delayMs);
}

/** Returns the pairs of outcomes that only their delay tells apart. */
export function delayedPairs(predicted: readonly PredictedOutcome[]): DelayedPair[] {
  return predicted.flatMap((faster) =>
    slowerThan(faster, predicted).map((slower) => [slower.label, faster.label] as const),
  );
}
