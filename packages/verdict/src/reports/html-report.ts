import { circumstances, detectable, method, summary, testSentence } from '../sentences.js';
import { allAgree, type OutcomeVerdict, type Report, type Verdict } from '../verdict.js';
import { formatCount, formatInterval, formatShare } from '../format.js';
import { escapeMarkup } from './escape-markup.js';
import { STYLE } from './html-style.js';
import { shareChart } from './share-chart.js';

/** The report as one file to open, mail or archive: it asks no host for anything and runs no script. */
export function htmlReport(report: Report): string {
  const word = allAgree(report) ? 'Traffic agrees with the manifests' : 'Traffic was not seen to agree';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>bookinfo verify: ${escapeMarkup(summary(report))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<p class="tool">bookinfo verify</p>
<h1>${word}</h1>
<p class="summary">${escapeMarkup(summary(report))}</p>
<p class="note">${escapeMarkup(circumstances(report))}</p>
</header>
<p class="legend"><span class="key-bar"></span> observed, with its interval <span class="key-mark"></span> the manifest’s share</p>
${report.verdicts.map((verdict) => rule(verdict, report)).join('\n')}
<footer class="note">${escapeMarkup(method(report))}</footer>
</main>
</body>
</html>
`;
}

function rule(verdict: Verdict, report: Report): string {
  const { status, title, origin, request, requests, answers } = verdict;
  const notes = [testSentence(verdict), detectable(verdict, report)].filter((note) => note !== undefined);
  const unpredicted = verdict.firstUnpredicted;
  return `<section class="${status.replaceAll(' ', '-')}">
<h2><span class="status">${status}</span> ${escapeMarkup(title)}</h2>
<p class="note"><code>${escapeMarkup(`${origin.file}:${origin.line}`)}</code></p>
<p><code>${escapeMarkup(request)}</code>${answers > 0 ? `, ${formatCount(requests)} times` : ''}</p>
${list([...verdict.reasons, ...(unpredicted === undefined ? [] : [`first unpredicted answer: ${unpredicted}`])])}
${answers > 0 ? table(verdict) : ''}
${notes.map((note) => `<p class="note">${escapeMarkup(note)}</p>`).join('\n')}
</section>`;
}

function list(reasons: readonly string[]): string {
  if (reasons.length === 0) return '';
  return `<ul class="reasons">${reasons.map((reason) => `<li>${escapeMarkup(reason)}</li>`).join('')}</ul>`;
}

function table({ title, outcomes }: Verdict): string {
  return `<div class="outcomes" role="region" aria-label="Outcomes of ${escapeMarkup(title)}" tabindex="0"><table>
<thead><tr><th scope="col">Outcome</th><th scope="col">Manifest</th><th scope="col">Observed</th><th scope="col">Interval</th><th scope="col">Count</th><th scope="col">Caught from</th><th scope="col" class="chart">0% to 100%</th></tr></thead>
<tbody>
${outcomes.map(row).join('\n')}
</tbody></table></div>`;
}

function row(outcome: OutcomeVerdict): string {
  const { label, predicted, observed, caughtFrom } = outcome;
  const cells: [label: string, text: string][] = [
    ['Manifest', predicted === 0 ? 'never' : formatShare(predicted)],
    ['Observed', observed ? formatShare(observed.share) : '–'],
    ['Interval', observed ? formatInterval(observed.interval) : '–'],
    ['Count', observed ? formatCount(observed.count) : '–'],
    ['Caught from', caughtFrom === undefined ? '–' : formatShare(caughtFrom)],
  ];
  return `<tr><th scope="row">${escapeMarkup(label)}</th>${cells.map(([name, text]) => `<td data-label="${name}">${text}</td>`).join('')}<td class="chart">${shareChart(outcome)}</td></tr>`;
}
