import { formatCount, formatPValue, formatShare } from './format.js';
import type { OutcomeVerdict, Report, Verdict, VerdictStatus } from './verdict.js';

/** `3 claims: 2 agree, 1 disagrees`. */
export function summary({ verdicts }: Report): string {
  const words: [VerdictStatus, one: string, many: string][] = [
    ['agrees', 'agrees', 'agree'],
    ['disagrees', 'disagrees', 'disagree'],
    ['unfinished', 'unfinished', 'unfinished'],
    ['not in force', 'not in force', 'not in force'],
    ['unreachable', 'unreachable', 'unreachable'],
    ['untestable', 'can not be tested', 'can not be tested'],
  ];
  const parts = words.flatMap(([status, one, many]) => {
    const count = verdicts.filter((verdict) => verdict.status === status).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const rules = `${verdicts.length} ${verdicts.length === 1 ? 'claim' : 'claims'}`;
  return parts.length === 0 ? rules : `${rules}: ${parts.join(', ')}`;
}

/** Where, when, how much. */
export function circumstances(report: Report): string {
  const answers = report.verdicts.reduce((sum, verdict) => sum + verdict.answers, 0);
  const seed = report.seed === undefined ? '' : `, seed ${report.seed}`;
  const seconds = (report.durationMs / 1000).toFixed(1);
  return `${report.target}, ${report.started}, ${formatCount(answers)} answers in ${seconds} s${seed}`;
}

/** How the run's verdicts are to be read. */
export function method({ alpha }: Report): string {
  return (
    `All rules together raise a false alarm in at most ${formatShare(alpha)} of runs (Holm). ` +
    `Intervals: Clopper-Pearson, all of them hold together with a probability of ${formatShare(1 - alpha)} or more.`
  );
}

export function testSentence({ test }: Verdict): string | undefined {
  return (
    test && `p = ${formatPValue(test.pValue)} (${test.method}), threshold ${formatPValue(test.threshold)}`
  );
}

/** What the run could have detected; undefined when nothing was seen. */
export function detectable(verdict: Verdict, { alpha, power }: Report): string | undefined {
  if (verdict.unseenBelow === undefined) return undefined;
  const widest = widestGap(verdict.outcomes);
  const drift =
    widest?.caughtFrom === undefined
      ? ''
      : `${widest.label} drifting from ${formatShare(widest.predicted)} to ${formatShare(widest.caughtFrom)} with probability ${power}, and `;
  const unseen = `any outcome not predicted from ${formatShare(verdict.unseenBelow)} on with probability ${Number((1 - alpha).toPrecision(12))}`;
  return `${formatCount(verdict.answers)} answers would have caught ${drift}${unseen}.`;
}

function widestGap(outcomes: readonly OutcomeVerdict[]): OutcomeVerdict | undefined {
  return outcomes.toSorted((a, b) => gap(b) - gap(a))[0];
}

function gap({ predicted, caughtFrom }: OutcomeVerdict): number {
  return (caughtFrom ?? predicted) - predicted;
}
