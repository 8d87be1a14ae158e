import { expect, test } from 'vitest';
import { formatProblem, type Problem } from './problem.js';
import { readYamlDocuments } from './yaml-documents.js';

function read(text: string): { values: unknown[]; problems: string[] } {
  const problems: Problem[] = [];
  const documents = readYamlDocuments({ file: 'x.yaml', text }, problems);
  return { values: documents.map(({ value }) => value), problems: problems.map(formatProblem) };
}

/** Nested aliases: ten times as many strings with every line. */
const BOMB = [
  'a: &a0 [x]',
  ...Array.from({ length: 9 }, (_, n) => `b${n}: &a${n + 1} [${`*a${n}, `.repeat(10)}]`),
].join('\n');
const EMPTY =
  'x.yaml:1: the file holds no resource (write a YAML document with apiVersion, kind and metadata)';

test.each([
  ['an empty file', '', EMPTY],
  ['a file of comments', '# nothing\n---\n# here\n', EMPTY],
  ['bytes that are no text', 'a: 1\nb: \u0000', 'x.yaml:2: this is not a text file in UTF-8'],
  [
    'bytes that are not UTF-8',
    Buffer.from([0x61, 0xff, 0xfe]).toString(),
    'x.yaml:1: this is not a text file in UTF-8',
  ],
  [
    'a file of more than 256 KiB',
    `# ${'é'.repeat(131_072)}`,
    'x.yaml:1: the file has 262146 bytes, at most 262144 (256 KiB) are read',
  ],
  ['a key that is repeated', 'a: 1\nb: 2\na: 3', 'x.yaml:3: a is repeated (first in line 1)'],
  [
    'a key that is repeated further in',
    'a:\n  - b: {c: 1}\n    b: 2',
    'x.yaml:3: a[0].b is repeated (first in line 2)',
  ],
  [
    'aliases that multiply',
    BOMB,
    'x.yaml:1: this document is refused: Excessive alias count indicates a resource exhaustion attack',
  ],
  [
    'an alias without an anchor',
    '---\n\na: *b',
    'x.yaml:3: this document is refused: Unresolved alias (the anchor must be set before the alias): b',
  ],
  [
    'an alias inside of what it refers to',
    'a: &a [*a]',
    'x.yaml:1: this document is refused: an alias is inside the node that it refers to',
  ],
  ['a tag', 'a: 1\nb: !env HOME', 'x.yaml:2: this is not YAML: Unresolved tag: !env'],
])('%s is one problem with its position', (_, text, problem) => {
  expect(read(text).problems).toEqual([problem]);
});

test('the key __proto__ is refused, not dropped', () => {
  expect(read('a:\n  __proto__: {b: 1}').problems).toEqual([
    'x.yaml:2: a.__proto__: a field cannot have this name',
  ]);
});

test('a file of exactly 256 KiB is read', () => {
  expect(read(`a: 1 #${'x'.repeat(256 * 1024 - 6)}`)).toEqual({ values: [{ a: 1 }], problems: [] });
});

test('a document that is not YAML is one problem, and the others are parsed', () => {
  const { values, problems } = read('a: 1\n---\nb: [1\nc: {\n---\nd: 2\n');
  expect(values).toEqual([{ a: 1 }, { d: 2 }]);
  expect(problems).toEqual([expect.stringMatching(/^x\.yaml:\d: this is not YAML: /)]);
});

test.each([
  '['.repeat(100_000),
  'a: {'.repeat(50_000),
  '- '.repeat(100_000),
  `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`,
])('a very deeply nested document is a problem, not a crash', (text) => {
  expect(read(text).problems).toEqual([expect.stringContaining('the nesting is too deep')]);
});

test('nesting is counted where it is, and brackets in texts are none', () => {
  const { problems } = read(`a: "${'['.repeat(300)}"\nb: |\n  ${'['.repeat(300)}\nc: ${'['.repeat(300)}`);
  expect(problems).toEqual(['x.yaml:4: this is not YAML: the nesting is too deep']);
  expect(read(`- a\n`.repeat(300)).problems).toEqual([]);
});

test('a byte order mark and CRLF line ends are no problem', () => {
  expect(read('\uFEFFa: 1\r\nb: x\r\n---\r\nc: 2\r\n')).toEqual({
    values: [{ a: 1, b: 'x' }, { c: 2 }],
    problems: [],
  });
});

test('empty documents between others are skipped', () => {
  expect(read('---\n---\na: 1\n---\n')).toEqual({ values: [{ a: 1 }], problems: [] });
});

test('an alias within the limit is resolved', () => {
  expect(read('a: &a {b: 1}\nc: *a').values).toEqual([{ a: { b: 1 }, c: { b: 1 } }]);
});
