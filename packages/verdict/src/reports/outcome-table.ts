import { formatCount, formatInterval, formatShare } from '../format.js';
import type { OutcomeVerdict } from '../verdict.js';

/** The columns of a table of outcomes, after the outcome itself. */
export const OUTCOME_COLUMNS = ['Expected', 'Observed', 'Interval', 'Count', 'Told from'] as const;

/** Returns the cells of an outcome in the order of OUTCOME_COLUMNS; undefined where there is no value. */
export function outcomeCells({ predicted, observed, detectable }: OutcomeVerdict) {
  return [
    predicted === 0 ? 'never' : formatShare(predicted),
    observed && formatShare(observed.share),
    observed && formatInterval(observed.interval),
    observed && formatCount(observed.count),
    detectable && nearest(detectable),
  ];
}

function nearest({ below, above }: NonNullable<OutcomeVerdict['detectable']>): string {
  return [below, above]
    .filter((share) => share !== undefined)
    .map(formatShare)
    .join(', ');
}
