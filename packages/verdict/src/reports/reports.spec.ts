import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { sampleReport } from '../../test/sample-report.js';
import { htmlReport } from './html-report.js';
import { COLOURS, CONTRASTS } from './html-style.js';
import { jsonReport } from './json-report.js';
import { junitReport } from './junit-report.js';
import { textReport } from './text-report.js';

const HOSTILE = '</script><img src=x onerror="alert(1)">&\' ]]> \u001b[2J\u0000\ud800 \u202e\nsecond line';

describe('text', () => {
  test('shows each rule, where it stands, its shares with their interval, and what adds up', () => {
    const text = textReport(sampleReport());
    expect(text).toContain('AGREES  VirtualService reviews, http[0] (virtual-service-reviews-50-v3.yaml:12)');
    expect(text).toMatch(/reviews-v1 200 +50% +49\.7% +43\.8% to 55\.7% +386 +60\.1%/);
    expect(text).toContain('DISAGREES  VirtualService ratings, http[0]');
    expect(text).toContain('NOT IN FORCE  VirtualService details, http[0]');
    expect(text).toContain('! first unpredicted answer: request 31: ratings-v1, status 503');
    expect(text).toContain('3 claims: 1 agrees, 1 disagrees, 1 not in force');
  });

  test('says what the run could have detected', () => {
    expect(textReport(sampleReport())).toContain(
      '776 answers would have caught reviews-v1 200 drifting from 50% to 60.1% with probability 0.99, ' +
        'and any outcome not predicted from 0.89% on with probability 0.999.',
    );
  });

  test('leaves colour to the caller', () => {
    const text = textReport(sampleReport(), (status, word) => `<${status}>${word}</>`);
    expect(text).toContain('<disagrees>DISAGREES</>  VirtualService ratings');
  });

  test('control characters in names reach no terminal and forge no line', () => {
    const text = textReport(sampleReport(HOSTILE));
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text).not.toMatch(/^ *second line/m);
  });
});

test('JSON is the report itself, with one word on the whole run', () => {
  const report = sampleReport();
  expect(JSON.parse(jsonReport(report))).toEqual({ agrees: false, ...report });
});

describe('JUnit', () => {
  test('has a test case a rule and a failure for each that does not agree', () => {
    const xml = junitReport(sampleReport());
    expect(xml).toContain('tests="3" failures="2" errors="0" skipped="0" time="3.210"');
    expect(xml.match(/<testcase /g)).toHaveLength(3);
    expect(xml).toContain('<failure type="not in force" message="the rule was not seen within 10 s">');
  });

  test('is well-formed whatever the names hold', () => {
    expect(xmlProblems(junitReport(sampleReport(HOSTILE)))).toEqual([]);
    expect(junitReport(sampleReport(HOSTILE)).isWellFormed()).toBe(true);
    expect(xmlProblems('<a><b></a>')).not.toEqual([]);
  });
});

describe('HTML', () => {
  test('asks no host for anything and runs no script', () => {
    const html = htmlReport(sampleReport());
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(| on\w+=|src=|href=/);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('names from outside are text, never markup', () => {
    const html = htmlReport(sampleReport(HOSTILE));
    expect(html).not.toMatch(/<\/script|<img/);
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;');
  });

  test('draws the observed interval against the mark of the manifest, and says so in words', () => {
    const html = htmlReport(sampleReport());
    expect(html).toContain(
      'aria-label="reviews-v1 200: observed 49.7%, interval 43.8% to 55.7%, manifest 50%"',
    );
    expect(html).toMatch(/<g class="on"><rect class="bar" x="158\.\d"/);
    expect(html).toContain('<path class="mark" d="M180 3V25"/>');
    expect(html).toMatch(/ratings-v1 503: .*<g class="off">/);
  });
});

test.each(['light', 'dark'] as const)('%s colours can be told from their ground', (theme) => {
  const tooClose = CONTRASTS.filter(
    ([front, ground, ratio]) => contrast(COLOURS[theme][front], COLOURS[theme][ground]) < ratio,
  );
  expect(tooClose).toEqual([]);
  expect(htmlReport(sampleReport())).toContain(`--good-bar: ${COLOURS[theme]['good-bar']};`);
});

test('the contrast of colours is that of WCAG 2.2', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
});

/** WCAG 2.2, relative luminance and contrast ratio. */
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

/** What a strict XML parser has to say. */
function xmlProblems(xml: string): string[] {
  const problems: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', ({ message }) => problems.push(message));
  parser.write(xml).close();
  return problems;
}
