import { formatTable, type Table, printable } from '@bookinfo/text';
import { formatCount, formatInterval, formatShare } from '../format.js';
import { circumstances, detectable, method, summary, testSentence } from '../sentences.js';
import type { OutcomeVerdict, Report, Verdict, VerdictStatus } from '../verdict.js';

/** How a verdict's word is to look; the caller knows whether there is a terminal to colour. */
export type Paint = (status: VerdictStatus, word: string) => string;

const COLUMNS = ['OUTCOME', 'MANIFEST', 'OBSERVED', 'INTERVAL', 'COUNT', 'CAUGHT FROM'];

/** The report for a terminal or an issue: one paragraph a rule, then what the run adds up to. */
export function textReport(report: Report, paint: Paint = (_, word) => word): string {
  const rules = report.verdicts.map((verdict) => rule(verdict, report, paint));
  const end = [summary(report), printable(circumstances(report)), method(report)].join('\n');
  return `${[...rules, end].join('\n\n')}\n`;
}

function rule(verdict: Verdict, report: Report, paint: Paint): string {
  const { status, title, origin, request, requests, answers } = verdict;
  const lines = [
    answers > 0 ? `${request}, ${formatCount(requests)} times` : request,
    ...(answers > 0 ? formatTable(outcomeTable(verdict.outcomes)).split('\n') : []),
    ...verdict.reasons.map((reason) => `! ${reason}`),
    verdict.firstUnpredicted && `! first unpredicted answer: ${verdict.firstUnpredicted}`,
    testSentence(verdict),
    detectable(verdict, report),
  ].filter((line) => line !== undefined && line !== '');
  const head = `${paint(status, status.toUpperCase())}  ${printable(`${title} (${origin.file}:${origin.line})`)}`;
  return [head, ...lines.map((line) => `  ${printable(line ?? '')}`)].join('\n');
}

function outcomeTable(outcomes: readonly OutcomeVerdict[]): Table {
  const rows = outcomes.map(({ label, predicted, observed, caughtFrom }) => [
    printable(label),
    predicted === 0 ? 'never' : formatShare(predicted),
    observed ? formatShare(observed.share) : '',
    observed ? formatInterval(observed.interval) : '',
    observed ? formatCount(observed.count) : '',
    caughtFrom === undefined ? '' : formatShare(caughtFrom),
  ]);
  return { columns: COLUMNS, rows };
}
