import { formatInterval, formatPValue, formatShare } from './format.js';
import type { OutcomeVerdict, Verdict } from './verdict.js';

/** Returns the reasons why a claim is refuted: unpredicted outcomes, and shares that a test has `rejected`. */
export function disagreements(
  outcomes: readonly OutcomeVerdict[],
  responses: number,
  rejected: Verdict['test'],
): string[] {
  const unpredicted = outcomes.flatMap(({ label, predicted, observed }) =>
    predicted === 0 && observed && observed.count > 0
      ? [`${observed.count} of ${responses} responses: ${label}, which the manifests rule out`]
      : [],
  );
  return rejected ? [...unpredicted, shiftReason(outcomes, rejected)] : unpredicted;
}

/** Returns the reasons why a sample does not suffice: fewer responses than planned, or counts that refute nothing. */
export function shortfall(responses: number, requests: number, inconclusive?: string): string[] {
  const missing =
    responses < requests ? [`only ${responses} of ${requests} planned requests got a response`] : [];
  return inconclusive === undefined ? missing : [...missing, inconclusive];
}

function shiftReason(
  outcomes: readonly OutcomeVerdict[],
  { pValue, threshold }: NonNullable<Verdict['test']>,
): string {
  const outside = outcomes.flatMap(({ label, predicted, observed }) =>
    predicted > 0 && observed && (predicted < observed.interval.low || predicted > observed.interval.high)
      ? [`${label} has ${formatInterval(observed.interval)} instead of ${formatShare(predicted)}`]
      : [],
  );
  const probability = `shares that differ this much have a probability of ${formatPValue(pValue)} (threshold ${formatPValue(threshold)})`;
  return outside.length > 0 ? `${outside.join(', ')}; ${probability}` : probability;
}
