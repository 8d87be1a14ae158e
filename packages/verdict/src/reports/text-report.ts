import { formatTable, printable, type Table } from '@bookinfo/text';
import { formatCount } from '../format.js';
import { methodText, notes, runText, summary } from '../sentences.js';
import type { OutcomeVerdict, Report, Verdict, VerdictStatus } from '../verdict.js';
import { OUTCOME_COLUMNS, outcomeCells } from './outcome-table.js';

/** Colours the word of a status; the caller knows the terminal. */
export type Paint = (status: VerdictStatus, word: string) => string;

/** Returns the report as text for terminals: one paragraph for each claim, then the summary. */
export function textReport(report: Report, paint: Paint = (_, word) => word): string {
  const claims = report.verdicts.map((verdict) => claimText(verdict, report, paint));
  const end = [summary(report), printable(runText(report)), methodText(report)].join('\n');
  return `${[...claims, end].join('\n\n')}\n`;
}

function claimText(verdict: Verdict, report: Report, paint: Paint): string {
  const { status, title, origin, request, requests, responses } = verdict;
  const lines = [
    responses > 0 ? `${request}, ${formatCount(requests)} times` : request,
    ...(responses > 0 ? formatTable(outcomeTable(verdict.outcomes)).split('\n') : []),
    ...verdict.reasons.map((reason) => `! ${reason}`),
    verdict.firstUnpredicted && `! first unpredicted response: ${verdict.firstUnpredicted}`,
    ...notes(verdict, report),
  ].filter((line) => line !== undefined && line !== '');
  const head = `${paint(status, status.toUpperCase())}  ${printable(`${title} (${origin.file}:${origin.line})`)}`;
  return [head, ...lines.map((line) => `  ${printable(line ?? '')}`)].join('\n');
}

function outcomeTable(outcomes: readonly OutcomeVerdict[]): Table {
  return {
    columns: ['Outcome', ...OUTCOME_COLUMNS].map((column) => column.toUpperCase()),
    rows: outcomes.map((outcome) => [
      printable(outcome.label),
      ...outcomeCells(outcome).map((cell) => cell ?? ''),
    ]),
  };
}
