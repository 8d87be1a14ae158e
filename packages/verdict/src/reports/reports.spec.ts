import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { sampleReport } from '../../test/sample-report.js';
import { COLOURS, CONTRASTS } from './colours.js';
import { htmlReport } from './html-report.js';
import { jsonReport } from './json-report.js';
import { junitReport } from './junit-report.js';
import type { Verdict, VerdictStatus } from '../verdict.js';
import { textReport } from './text-report.js';

const HOSTILE = '</script><img src=x onerror="alert(1)">&\' ]]> \u001b[2J\u0000\ud800 \u202e\nsecond line';

describe('text', () => {
  test('contains each claim with its file and line, its shares with their interval, and the summary', () => {
    const text = textReport(sampleReport());
    expect(text).toContain('AGREES  VirtualService reviews, http[0] (virtual-service-reviews-50-v3.yaml:12)');
    expect(text).toMatch(/reviews-v1 200 +50% +49\.7% +43\.1% to 56\.4% +386 +39\.3%, 60\.7%/);
    expect(text).toContain('DISAGREES  VirtualService ratings, http[0]');
    expect(text).toContain('NOT IN FORCE  VirtualService details, http[0]');
    expect(text).toContain('! first unpredicted response: request 31: ratings-v1, status 503');
    expect(text).toContain('3 claims: 1 agrees, 1 disagrees, 1 not in force');
  });

  test('states which shares are too near to be told apart, and which outcomes are too rare to occur', () => {
    const text = textReport(sampleReport());
    expect(text).toContain(
      '776 responses tell 50% of reviews-v1 200 from 39.3% or less and from 60.7% or more with probability 0.99, not from shares nearer to it.',
    );
    expect(text).toContain('Planned to detect a shift of 10 percentage points with probability 0.99.');
    expect(text).toContain(
      '776 responses detect an unpredicted outcome with a share of 0.89% or more with probability 0.999.',
    );
  });

  test('contains what the manifests lack, as the other reports do', async () => {
    const report = sampleReport();
    for (const text of [textReport(report), junitReport(report), await htmlReport(report)])
      expect(text).toContain('virtual-service-details-v2.yaml:9: error: details-v2 has no pod');
  });

  test('colours a status by the function of the caller', () => {
    const text = textReport(sampleReport(), (status, word) => `<${status}>${word}</>`);
    expect(text).toContain('<disagrees>DISAGREES</>  VirtualService ratings');
  });

  test('escapes control characters in names, so that they neither steer a terminal nor forge a line', () => {
    const text = textReport(sampleReport(HOSTILE));
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text).not.toMatch(/^ *second line/m);
  });
});

test('JSON is the report itself, preceded by the result of the whole run', () => {
  const report = sampleReport();
  expect(JSON.parse(jsonReport(report))).toEqual({ agrees: false, ...report });
});

describe('JUnit', () => {
  test('has a test case for each claim and a failure for each that does not agree', () => {
    const xml = junitReport(sampleReport());
    expect(xml).toContain('tests="3" failures="2" errors="0" skipped="0" time="3.210"');
    expect(xml.match(/<testcase /g)).toHaveLength(3);
    expect(xml).toContain('<failure type="not in force" message="the mesh has no such rule">');
  });

  test('skips what cannot be tested, since it does not fail the run', () => {
    const report = sampleReport();
    const [verdict] = report.verdicts as [Verdict];
    const untestable: Verdict = { ...verdict, status: 'untestable', reasons: ['no response shows it'] };
    const xml = junitReport({ ...report, verdicts: [verdict, untestable] });
    expect(xml).toContain('tests="2" failures="0" errors="0" skipped="1"');
    expect(xml).toContain('<skipped message="no response shows it"/>');
  });

  test('is well-formed for any names', () => {
    expect(xmlProblems(junitReport(sampleReport(HOSTILE)))).toEqual([]);
    expect(junitReport(sampleReport(HOSTILE)).isWellFormed()).toBe(true);
    expect(xmlProblems('<a><b></a>')).not.toEqual([]);
  });
});

describe('HTML', () => {
  test.each<[VerdictStatus[], string]>([
    [['agrees', 'untestable'], 'Traffic agrees with the manifests'],
    [['agrees', 'not in force', 'disagrees'], 'Traffic disagrees with the manifests'],
    [['agrees', 'unreachable', 'not in force'], 'The manifests are not in force: apply them first'],
    [['unfinished', 'unreachable'], 'No request reaches a rule of the manifests'],
    [['agrees', 'unfinished'], 'The run is inconclusive'],
    [['untestable'], 'No rule could be tested'],
  ])('has a headline for a run with %j', async (statuses, expected) => {
    const report = sampleReport();
    const [verdict] = report.verdicts as [Verdict];
    const verdicts = statuses.map((status) => ({ ...verdict, status }));
    expect(await htmlReport({ ...report, verdicts })).toContain(`<h1>${expected}</h1>`);
  });

  test('explains the chart only when there is one', async () => {
    const report = sampleReport();
    expect(await htmlReport(report)).toContain('class="legend"');
    const verdicts = report.verdicts.filter(({ responses }) => responses === 0);
    expect(await htmlReport({ ...report, verdicts })).not.toContain('class="legend"');
  });

  test('loads nothing and runs no script', async () => {
    const html = await htmlReport(sampleReport());
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(| on\w+=|src=|href=/);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('escapes names, also in attributes', async () => {
    const html = await htmlReport(sampleReport(HOSTILE));
    expect(html).not.toMatch(/<\/script|<img/);
    expect(html).toMatch(
      /<h2>.*&lt;img src(=|&#x3D;)x onerror(=|&#x3D;)&quot;alert\(1\)&quot;&gt;&amp;&#(39|x27);/,
    );
    expect(html).toMatch(/aria-label="[^"<>]*&lt;\/script&gt;[^"<>]*"/);
    // oxlint-disable-next-line no-control-regex
    expect(html).not.toMatch(/[\u0000-\u0008\u001b]/);
    expect(html.isWellFormed()).toBe(true);
  });

  test('draws the observed interval and the expected share, and describes both in text', async () => {
    const html = await htmlReport(sampleReport());
    expect(html).toContain(
      'aria-label="reviews-v1 200: observed 49.7%, interval 43.1% to 56.4%, expected 50%"',
    );
    expect(html).toMatch(/<g class="on">\s*<rect class="bar" x="156\.\d"/);
    expect(html).toContain('<path class="mark" d="M180 3V25" />');
    expect(html).toMatch(/ratings-v1 503: [^>]*>\s*<path [^>]*>\s*<g class="off">/);
  });
});

test.each(['light', 'dark'] as const)('%s colours have the contrasts of WCAG', async (theme) => {
  const tooClose = CONTRASTS.filter(
    ([foreground, background, ratio]) =>
      contrast(COLOURS[theme][foreground], COLOURS[theme][background]) < ratio,
  );
  expect(tooClose).toEqual([]);
  expect(await htmlReport(sampleReport())).toContain(`--good-bar: ${COLOURS[theme]['good-bar']};`);
});

test('this file computes contrasts as WCAG 2.2 does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
});

/** Returns the contrast ratio of two colours (WCAG 2.2, relative luminance). */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Returns the errors of a strict XML parser. */
function xmlProblems(xml: string): string[] {
  const problems: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', ({ message }) => problems.push(message));
  parser.write(xml).close();
  return problems;
}
