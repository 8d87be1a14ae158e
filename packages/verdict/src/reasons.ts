import { formatInterval, formatPValue, formatShare } from './format.js';
import type { OutcomeVerdict, TimingVerdict, Verdict } from './verdict.js';

/** Returns the reasons why a claim is refuted: unpredicted outcomes, and shares that a test has `rejected`. */
export function disagreements(
  outcomes: readonly OutcomeVerdict[],
  responses: number,
  rejected: Verdict['test'],
  delays: TimingVerdict | undefined,
): string[] {
  const unpredicted = outcomes.flatMap(({ label, predicted, observed }) =>
    predicted === 0 && observed && observed.count > 0
      ? [`${observed.count} of ${responses} responses: ${label}, which the manifests rule out`]
      : [],
  );
  return [
    ...unpredicted,
    ...(rejected ? [shiftReason(outcomes, rejected)] : []),
    ...(delays && delays.pValue <= delays.threshold ? [latenessText(delays)] : []),
  ];
}

/** Returns the late responses of a claim beside those of its control requests. */
export function latenessText(delays: TimingVerdict): string {
  const { late, requests, lateControls, controls, lateMs, pValue, threshold } = delays;
  return (
    `${late} of ${requests} responses were ${lateMs / 1000} s or more later than predicted, ` +
    `and ${lateControls} of ${controls} control requests, which no rule affects, ${lateMs / 2000} s or more: ` +
    `p = ${formatPValue(pValue)} (Fisher's exact test, threshold ${formatPValue(threshold)})`
  );
}

/** Returns the reason why a sample does not suffice: fewer responses than planned. */
export function shortfall(responses: number, requests: number): string[] {
  return responses < requests ? [`only ${responses} of ${requests} planned requests got a response`] : [];
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
