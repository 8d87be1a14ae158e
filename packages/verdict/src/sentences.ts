import { formatCount, formatPValue, formatShare } from './format.js';
import { allAgree, type OutcomeVerdict, type Report, type Verdict, type VerdictStatus } from './verdict.js';

/** Returns the result of the whole run in one sentence. The worst status decides. */
export function headline(report: Report): string {
  if (allAgree(report)) return 'Traffic agrees with the manifests';
  const statuses = new Set(report.verdicts.map(({ status }) => status));
  if (statuses.has('disagrees')) return 'Traffic disagrees with the manifests';
  if (statuses.has('not in force')) return 'The manifests are not in force: apply them first';
  if (statuses.has('unreachable')) return 'No request reaches a rule of the manifests';
  return statuses.has('unfinished') ? 'The run is inconclusive' : 'No rule could be tested';
}

/** Returns the number of claims by status: `3 claims: 2 agree, 1 disagrees`. */
export function summary({ verdicts }: Report): string {
  const words: [VerdictStatus, one: string, many: string][] = [
    ['agrees', 'agrees', 'agree'],
    ['disagrees', 'disagrees', 'disagree'],
    ['unfinished', 'unfinished', 'unfinished'],
    ['not in force', 'not in force', 'not in force'],
    ['unreachable', 'unreachable', 'unreachable'],
    ['untestable', 'cannot be tested', 'cannot be tested'],
  ];
  const parts = words.flatMap(([status, one, many]) => {
    const count = verdicts.filter((verdict) => verdict.status === status).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const claims = `${verdicts.length} ${verdicts.length === 1 ? 'claim' : 'claims'}`;
  return parts.length === 0 ? claims : `${claims}: ${parts.join(', ')}`;
}

/** Returns target, start, number of responses and duration of a run. */
export function runText(report: Report): string {
  const responses = report.verdicts.reduce((sum, verdict) => sum + verdict.responses, 0);
  const seed = report.seed === undefined ? '' : `, seed ${report.seed}`;
  const seconds = (report.durationMs / 1000).toFixed(1);
  return `${report.target}, ${report.started}, ${formatCount(responses)} responses in ${seconds} s${seed}`;
}

/** Returns the statistical guarantees of a run. */
export function methodText({ alpha }: Report): string {
  return (
    `True claims fail in at most ${formatShare(alpha)} of runs (Holm). ` +
    `Intervals (Clopper-Pearson) hold together with a probability of ${formatShare(1 - alpha)} or more.`
  );
}

/** Returns p-value, method and threshold of the test; undefined when there was none. */
export function testText({ test }: Verdict): string | undefined {
  return (
    test && `p = ${formatPValue(test.pValue)} (${test.method}), threshold ${formatPValue(test.threshold)}`
  );
}

/** Returns the shifts that the run detects; undefined when no response was counted. */
export function detectionText(verdict: Verdict, { alpha, power }: Report): string | undefined {
  if (verdict.upperBoundUnseen === undefined) return undefined;
  const [widest] = verdict.outcomes.toSorted((a, b) => gap(b) - gap(a));
  const shift =
    widest?.detectableShare === undefined
      ? ''
      : `a shift of ${widest.label} from ${formatShare(widest.predicted)} to ${formatShare(widest.detectableShare)} with probability ${power}, and `;
  const confidence = Number((1 - alpha).toPrecision(12));
  const unpredicted = `an unpredicted outcome with a share of ${formatShare(verdict.upperBoundUnseen)} or more with probability ${confidence}`;
  return `${formatCount(verdict.responses)} responses detect ${shift}${unpredicted}.`;
}

function gap({ predicted, detectableShare }: OutcomeVerdict): number {
  return (detectableShare ?? predicted) - predicted;
}
