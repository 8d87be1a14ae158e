import { readFileSync } from 'node:fs';
import { formatCount } from '../format.js';
import { headline, methodText, notes, runText, summary } from '../sentences.js';
import type { OutcomeVerdict, Report, Verdict } from '../verdict.js';
import { colourProperties } from './colours.js';
import { replaceForbiddenCharacters } from './markup.js';
import { OUTCOME_COLUMNS, outcomeCells } from './outcome-table.js';
import { shareChart } from './share-chart.js';

/** Returns the report as one HTML file for browsers. It loads nothing and runs no script. */
export async function htmlReport(report: Report): Promise<string> {
  // Imported here, since loading Handlebars would slow every start of the command line.
  const { default: Handlebars } = await import('handlebars');
  const handlebars = Handlebars.create();
  handlebars.registerPartial('share-chart', view('share-chart.hbs'));
  // Strict, so that a misspelt field is an error.
  const template = handlebars.compile(view('report.hbs'), { strict: true, preventIndent: true });
  return replaceForbiddenCharacters(template(reportView(report)));
}

function view(file: string): string {
  return readFileSync(new URL(`../../views/${file}`, import.meta.url), 'utf8');
}

function reportView(report: Report) {
  return {
    style: `\n${colourProperties()}\n${view('report.css')}`,
    headline: headline(report),
    summary: summary(report),
    run: runText(report),
    hasCharts: report.verdicts.some(({ responses }) => responses > 0),
    columns: ['Outcome', ...OUTCOME_COLUMNS],
    verdicts: report.verdicts.map((verdict) => verdictView(verdict, report)),
    method: methodText(report),
  };
}

function verdictView(verdict: Verdict, report: Report) {
  const { status, title, origin, request, requests, responses, reasons, firstUnpredicted } = verdict;
  const hasResponses = responses > 0;
  return {
    class: status.replaceAll(' ', '-'),
    status,
    title,
    origin: `${origin.file}:${origin.line}`,
    request,
    times: hasResponses ? formatCount(requests) : '',
    reasons:
      firstUnpredicted === undefined
        ? reasons
        : [...reasons, `first unpredicted response: ${firstUnpredicted}`],
    outcomes: hasResponses ? verdict.outcomes.map(outcomeView) : [],
    notes: notes(verdict, report),
  };
}

function outcomeView(outcome: OutcomeVerdict) {
  const cells = outcomeCells(outcome).map((text, index) => ({
    name: OUTCOME_COLUMNS[index],
    text: text ?? '–',
  }));
  return { label: outcome.label, cells, chart: shareChart(outcome) };
}
