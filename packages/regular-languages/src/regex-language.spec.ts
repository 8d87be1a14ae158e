import * as fc from 'fast-check';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { Languages, Undecidable, type Language } from './languages.js';
import { regexLanguage } from './regex-language.js';
import { shortestWord } from './shortest-word.js';

function has(languages: Languages, language: Language, word: string): boolean {
  let left = language;
  for (const character of word) left = languages.derivative(left, character.codePointAt(0) ?? 0);
  return languages.isNullable(left);
}

function shortest(pattern: string): string | undefined {
  const languages = new Languages();
  return shortestWord(languages, regexLanguage(languages, pattern));
}

const atom = fc.constantFrom(
  'a',
  'b',
  'B',
  '.',
  '[ab]',
  '[^a]',
  '\\d',
  '\\.',
  '[[:alpha:]-]',
  '(?i:k)',
  '\\x61',
  's',
);
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{0,}', '*?');
const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.tuple(atom, quantifier).map(([of, times]) => of + times),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => one + other),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `${one}|${other}`),
    fc.tuple(tie('pattern'), quantifier).map(([of, times]) => `(${of})${times}`),
    fc.tuple(tie('pattern'), fc.constantFrom('(?:', '(?i)(', '(?P<n>')).map(([of, open]) => `${open}${of})`),
  ),
}));
const word = fc.string({
  unit: fc.constantFrom('a', 'b', 'B', 'k', 'K', 'S', '.', '-', '1', '\u212a'),
  maxLength: 6,
});

test('a language contains the words that RE2 matches in full, and its shortest word is one of them', () => {
  fc.assert(
    fc.property(pattern, word, (regex, text) => {
      // RE2 refuses a pattern with the same group name twice.
      fc.pre(regex.split('(?P<n>').length < 3);
      const languages = new Languages();
      const language = regexLanguage(languages, regex);
      expect(has(languages, language, text)).toBe(RE2JS.compile(regex).testExact(text));
      const found = shortestWord(languages, language);
      expect(found === undefined || RE2JS.compile(regex).testExact(found)).toBe(true);
      expect(has(languages, languages.not(language), text)).toBe(!RE2JS.compile(regex).testExact(text));
    }),
    { numRuns: 500, seed: 5 },
  );
});

test.each([
  ['^(.*?;)?(user=jason)(;.*)?$', 'user=jason'],
  ['/reviews/[0-9]+', '/reviews/0'],
  ['(?i)jason', 'jason'],
  ['a{3}b?', 'aaa'],
  ['[[:upper:]]\\s\\Q'.slice(0, -2), 'A '],
  ['(^a|b)$', 'a'],
  ['[^\\x00-\\x{10FFFF}]', undefined],
])('%s has the shortest word %s', (regex, expected) => {
  expect(shortest(regex)).toBe(expected);
});

test.each(['\\bword\\b', '\\pL+', 'a^b', '(?m)^a$', '(?i)é'])('%s is not supported', (regex) => {
  expect(() => shortest(regex)).toThrow(Undecidable);
});

test('a search that would take too long ends with an error', () => {
  expect(() => shortest('((a{30}){30}b|.{999}){9}')).toThrow(Undecidable);
});

test('the intersection of two patterns has their common words only', () => {
  const languages = new Languages();
  const both = languages.and(regexLanguage(languages, 'a+b*'), regexLanguage(languages, '(ab)*c?'));
  expect(shortestWord(languages, both)).toBe('ab');
  const none = languages.and(both, languages.not(languages.literal('ab')));
  expect(shortestWord(languages, none)).toBeUndefined();
});
