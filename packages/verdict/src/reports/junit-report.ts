import { formatInterval, formatShare } from '../format.js';
import { notes } from '../sentences.js';
import type { Report, Verdict } from '../verdict.js';
import { escapeXml } from './markup.js';

/**
 * Returns the report as JUnit XML for CI: one test case for each claim, with its numbers in system-out. A claim that cannot be
 * tested is skipped, since it does not fail the run; every other status but `agrees` is a failure.
 */
export function junitReport(report: Report): string {
  const { verdicts } = report;
  const skipped = verdicts.filter(({ status }) => status === 'untestable').length;
  const failures = verdicts.filter(({ status }) => status !== 'agrees').length - skipped;
  const counts = `tests="${verdicts.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  const time = `time="${(report.durationMs / 1000).toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="bookinfo verify" ${counts} ${time}>`,
    `  <testsuite name="${escapeXml(report.target)}" timestamp="${escapeXml(report.started)}" ${counts} ${time}>`,
    ...verdicts.map((verdict) => testCase(verdict, report)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(verdict: Verdict, report: Report): string {
  const { title, origin, status, reasons } = verdict;
  const place = `file="${escapeXml(origin.file)}" line="${origin.line}"`;
  const message = `message="${escapeXml(reasons[0] ?? status)}"`;
  const result =
    status === 'untestable'
      ? `      <skipped ${message}/>`
      : `      <failure type="${status}" ${message}>${escapeXml(reasons.join('\n'))}</failure>`;
  return [
    `    <testcase classname="${escapeXml(origin.file)}" name="${escapeXml(title)}" ${place}>`,
    ...(status === 'agrees' ? [] : [result]),
    `      <system-out>${escapeXml(numbers(verdict, report).join('\n'))}</system-out>`,
    '    </testcase>',
  ].join('\n');
}

function numbers(verdict: Verdict, report: Report): string[] {
  const outcomes = verdict.outcomes.map(({ label, predicted, observed }) =>
    observed
      ? `${label}: expected ${formatShare(predicted)}, observed ${formatShare(observed.share)} (${formatInterval(observed.interval)}), ${observed.count} of ${verdict.responses}`
      : `${label}: expected ${formatShare(predicted)}, nothing observed`,
  );
  return [verdict.request, ...outcomes, verdict.firstUnpredicted, ...notes(verdict, report)].filter(
    (line) => line !== undefined,
  );
}
