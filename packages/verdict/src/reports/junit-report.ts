import { formatInterval, formatShare } from '../format.js';
import { detectable, testSentence } from '../sentences.js';
import type { Report, Verdict } from '../verdict.js';
import { escapeMarkup } from './escape-markup.js';

/** The report for CI: one test case a rule, a failure for each that does not agree, the numbers in its output. */
export function junitReport(report: Report): string {
  const { verdicts } = report;
  const failures = verdicts.filter(({ status }) => status !== 'agrees').length;
  const counts = `tests="${verdicts.length}" failures="${failures}" errors="0" skipped="0"`;
  const time = `time="${(report.durationMs / 1000).toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="bookinfo verify" ${counts} ${time}>`,
    `  <testsuite name="${escapeMarkup(report.target)}" timestamp="${escapeMarkup(report.started)}" ${counts} ${time}>`,
    ...verdicts.map((verdict) => testCase(verdict, report)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(verdict: Verdict, report: Report): string {
  const { title, origin, status, reasons } = verdict;
  const place = `file="${escapeMarkup(origin.file)}" line="${origin.line}"`;
  const failure = `      <failure type="${status}" message="${escapeMarkup(reasons[0] ?? status)}">${escapeMarkup(reasons.join('\n'))}</failure>`;
  return [
    `    <testcase classname="${escapeMarkup(origin.file)}" name="${escapeMarkup(title)}" ${place}>`,
    ...(status === 'agrees' ? [] : [failure]),
    `      <system-out>${escapeMarkup(numbers(verdict, report).join('\n'))}</system-out>`,
    '    </testcase>',
  ].join('\n');
}

function numbers(verdict: Verdict, report: Report): string[] {
  const outcomes = verdict.outcomes.map(({ label, predicted, observed }) =>
    observed
      ? `${label}: manifest ${formatShare(predicted)}, observed ${formatShare(observed.share)} (${formatInterval(observed.interval)}), ${observed.count} of ${verdict.answers}`
      : `${label}: manifest ${formatShare(predicted)}, nothing observed`,
  );
  return [
    verdict.request,
    ...outcomes,
    testSentence(verdict),
    verdict.firstUnpredicted,
    detectable(verdict, report),
  ].filter((line) => line !== undefined);
}
