import { formatCount, formatPValue, formatShare } from './format.js';
import { latenessText } from './reasons.js';
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
export function methodText({ alpha, power, shift }: Report): string {
  return (
    `Planned to detect a shift of ${Number((100 * shift).toPrecision(12))} percentage points with probability ${power}. ` +
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

/** Returns the comparison of the times with control requests; undefined when there was none, or it is a reason already. */
export function timingText({ delays }: Verdict): string | undefined {
  return delays && delays.pValue > delays.threshold ? latenessText(delays) : undefined;
}

/** Returns the shares that the responses do not tell from the predicted one; undefined when no share was tested. */
export function resolutionText({ outcomes, responses }: Verdict, { power }: Report): string | undefined {
  const [coarsest] = outcomes.toSorted((a, b) => width(b) - width(a));
  if (!coarsest?.detectable) return undefined;
  const { label, predicted, detectable } = coarsest;
  const { below, above } = detectable;
  const nearest = [
    ...(below === undefined ? [] : [`${formatShare(below)} or less`]),
    ...(above === undefined ? [] : [`${formatShare(above)} or more`]),
  ];
  const responsesText = `${formatCount(responses)} responses`;
  return nearest.length === 0
    ? `${responsesText} tell ${formatShare(predicted)} of ${label} from no other share.`
    : `${responsesText} tell ${formatShare(predicted)} of ${label} from ${nearest.join(' and from ')} with probability ${power}, not from shares nearer to it.`;
}

/** Returns the unpredicted outcomes that the run detects; undefined when no response was counted. */
export function detectionText(verdict: Verdict, { alpha }: Report): string | undefined {
  if (verdict.upperBoundUnseen === undefined) return undefined;
  const confidence = Number((1 - alpha).toPrecision(12));
  return `${formatCount(verdict.responses)} responses detect an unpredicted outcome with a share of ${formatShare(verdict.upperBoundUnseen)} or more with probability ${confidence}.`;
}

/** Returns the notes on a claim: its tests, and what they cannot tell. */
export function notes(verdict: Verdict, report: Report): string[] {
  return [
    ...(verdict.findings ?? []),
    testText(verdict),
    timingText(verdict),
    resolutionText(verdict, report),
    detectionText(verdict, report),
  ].filter((note) => note !== undefined);
}

/** Returns the distance of the nearest shares that are told from the predicted one. */
function width({ detectable }: OutcomeVerdict): number {
  return detectable ? (detectable.above ?? 1) - (detectable.below ?? 0) : -1;
}
