import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { Regexes } from '@bookinfo/routing';
import { parseResources, type Problem } from '@bookinfo/rules';

const SEED = 1;
const FILE = 'fuzz.yaml';
/** Limit of the CPU time for reading one file, which a busy machine does not change; measured: at most 1.5 s. */
const MAX_MS = 4000;
const MAX_HEAP_BYTES = 200 * 1024 * 1024;

/** Checks that a problem has its place in the file and a message of one line. */
function isPlaced({ file, line, column, message }: Problem, lines: number): boolean {
  return file === FILE && line >= 1 && line <= lines && column >= 1 && /^[^\n]+$/.test(message);
}

/** Returns the CPU time of this thread since `start`, in milliseconds. */
function cpuMs(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

/** Reads the text; returns the problems without a place. */
function misplacedIn(text: string): Problem[] {
  const { problems } = parseResources([{ file: FILE, text }]);
  const lines = text.split('\n').length;
  return problems.filter((problem) => !isPlaced(problem, lines));
}

const problemsOf = (text: string): Problem[] => parseResources([{ file: FILE, text }]).problems;

test('any text and any bytes load, or are an error with a place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(misplacedIn(text)).toEqual([]);
    }),
    {
      seed: SEED,
      numRuns: 300,
    },
  );
  const bytes = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(bytes, (each) => {
      expect(misplacedIn(Buffer.from(each).toString())).toEqual([]);
    }),
    { seed: SEED, numRuns: 300 },
  );
});

test('any YAML loads, or is an error with a place', () => {
  const document = fc.record(
    {
      apiVersion: fc.constantFrom('networking.istio.io/v1', 'v1', 'apps/v1'),
      kind: fc.constantFrom('VirtualService', 'Gateway', 'Service', 'List', 'Deployment'),
      metadata: fc.oneof(fc.constant({ name: 'x' }), fc.jsonValue()),
      spec: fc.jsonValue(),
      items: fc.jsonValue(),
    },
    { requiredKeys: ['apiVersion', 'kind'] },
  );
  fc.assert(
    fc.property(document, (value) => {
      expect(misplacedIn(JSON.stringify(value, undefined, 1))).toEqual([]);
    }),
    {
      seed: SEED,
      numRuns: 300,
    },
  );
});

test('a shipped file with a piece removed or inserted loads, or is an error with a place', () => {
  const texts = bookinfoFiles('virtual-service-reviews-test-v2').map(({ text }) => text.slice(0, 3000));
  const pieces = fc.constantFrom(
    '\t',
    '\r\n',
    '\uFEFF',
    ': ',
    '- ',
    '&a ',
    '*a',
    '{',
    '[',
    '"',
    '---\n',
    '? ',
    '|\n',
    '',
  );
  const property = fc.property(
    fc.constantFrom(...texts),
    fc.nat(3000),
    fc.nat(20),
    pieces,
    (text, at, cut, piece) => {
      expect(misplacedIn(text.slice(0, at) + piece + text.slice(at + cut))).toEqual([]);
    },
  );
  fc.assert(property, { seed: SEED, numRuns: 200 });
});

const RULE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
`;
const entry = (index: number): string =>
  `  - { match: [{ uri: { exact: /${index} } }], route: [{ destination: { host: a } }] }\n`;
const rules = (count: number): string =>
  RULE + Array.from({ length: count }, (_, index) => entry(index)).join('');
const TO = 'route: [{ destination: { host: a } }]';

test.each([
  ['10 MB of text', 'x'.repeat(10_000_000), /^the file has 10000000 bytes, at most 262144/],
  ['10 MB of lines', '- a\n'.repeat(2_500_000), /^the file has 10000000 bytes, at most 262144/],
  ['10,000 rules in one file', rules(10_000), /bytes, at most 262144 \(256 KiB\) are read$/],
  ['as many hosts as a file holds', RULE.replace('[reviews]', `[${'a.b,'.repeat(60_000)}]`), /is repeated$/],
  [
    'as many keys as a file holds',
    `a: {${Array.from({ length: 20_000 }, (_, n) => `k${n}: 1`).join(',')}}`,
    / is missing/,
  ],
  ['one key as often as a file holds it', `a: {${'k: 1,'.repeat(50_000)}}`, /is repeated/],
  ['as many documents as a file holds', '---\na\n'.repeat(40_000), /^a resource is an object/],
  ['nested lists', `a: ${'['.repeat(200_000)}`, /the nesting is too deep/],
  ['nested mappings', `a: ${'{a: '.repeat(60_000)}`, /the nesting is too deep/],
  [
    'aliases that multiply',
    `a: &a [x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*a, *a]`).join('\n')}`,
    / is missing/,
  ],
  ['a tab for indentation', `${RULE}\t- a`, /^this is not YAML: /],
  ['a key twice', `${RULE}  - { ${TO}, ${TO} }`, /is repeated \(first in line 7\)$/],
])('%s is refused in bounded time and memory', (_, text, message) => {
  const heap = process.memoryUsage().heapUsed;
  const started = process.threadCpuUsage();
  const problems = problemsOf(text);
  expect(cpuMs(started)).toBeLessThan(MAX_MS);
  expect(process.memoryUsage().heapUsed - heap).toBeLessThan(MAX_HEAP_BYTES);
  expect(problems.find((problem) => message.test(problem.message))).toBeDefined();
});

test('the rules that fit into one file are read in bounded time, and 10,000 in several', () => {
  const count = 2500;
  const started = process.threadCpuUsage();
  const sources = Array.from({ length: 4 }, (_, index) => ({
    file: FILE,
    text: rules(count).replace('name: reviews', `name: reviews-${index}`),
  }));
  const { resources, problems } = parseResources(sources);
  expect(problems).toEqual([]);
  const http = resources.map(({ kind, spec }) => (kind === 'VirtualService' ? spec.http.length : 0));
  expect(http).toEqual([count, count, count, count]);
  expect(cpuMs(started)).toBeLessThan(4 * MAX_MS);
});

test('CRLF line ends and a byte order mark change no line number', () => {
  const text = `\uFEFF${RULE}  - { rout: [] }\n`.replaceAll('\n', '\r\n');
  const problems = problemsOf(text);
  expect(problems.map(({ line }) => line)).toContain(7);
  expect(problems.map(({ message }) => message).join()).toContain('spec.http[0].rout is not known here');
});

test.each(['(a+)+$', '(a|a)*b', '(a*)*c', '([a-z]+)*d', '(.*)(.*)(.*)(.*)(.*)x'])(
  'the pattern %s takes time in proportion to the text',
  (pattern) => {
    const millis = (length: number): number => {
      const text = `${'a'.repeat(length)}!`;
      const started = process.threadCpuUsage();
      expect(new Regexes().matches(pattern, text)).toBe(false);
      return cpuMs(started);
    };
    millis(10_000);
    // A backtracking engine would take exponential time.
    expect(millis(100_000)).toBeLessThan(MAX_MS);
  },
);

test.each(['(?=a)', '(?<!a)b', '(a)\\1', '(?>a)', 'a{2000}', '[', '(', 'a**', '\\p{Nothing}'])(
  'the pattern %s, which RE2 refuses, is an error with its line',
  (pattern) => {
    const text = `${RULE}  - match: [{ uri: { regex: '${pattern}' } }]\n    ${TO}\n`;
    expect(problemsOf(text)).toMatchObject([
      { line: 7, message: expect.stringContaining('is not a regular expression in RE2 syntax') },
    ]);
  },
);
