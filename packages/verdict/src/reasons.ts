import { formatInterval, formatPValue, formatShare } from './format.js';
import type { OutcomeVerdict, Verdict } from './verdict.js';

/** What speaks against the claim: outcomes that it never gives, and shares that a test has `rejected`. */
export function disagreements(
  outcomes: readonly OutcomeVerdict[],
  answers: number,
  rejected: Verdict['test'],
): string[] {
  const unpredicted = outcomes.flatMap(({ label, predicted, observed }) =>
    predicted === 0 && observed && observed.count > 0
      ? [`${observed.count} of ${answers} answers: ${label}, which the manifest never gives`]
      : [],
  );
  return rejected ? [...unpredicted, shiftReason(outcomes, rejected)] : unpredicted;
}

/** Requests were planned before anything was seen; a run cut short has not kept its promise, whatever it saw. */
export function shortfall(answers: number, requests: number): string[] {
  return answers < requests ? [`only ${answers} of ${requests} planned requests were answered`] : [];
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
  const chance = `shares as far off as these have a chance of ${formatPValue(pValue)} (threshold ${formatPValue(threshold)})`;
  return outside.length > 0 ? `${outside.join(', ')}; ${chance}` : chance;
}
