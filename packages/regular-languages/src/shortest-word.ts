import { Undecidable, type Language, type Languages } from './languages.js';
import { includes, MAX_CODE_POINT, type CodePoints } from './code-points.js';

/** Limit of the derivatives that a search visits. */
const MAX_STATES = 4000;
/** Sets of code points, preferred ones first: words of letters are the easiest to read. */
const READABLE: readonly CodePoints[] = [
  [[0x61, 0x7a]],
  [[0x30, 0x39]],
  [[0x41, 0x5a]],
  [[0x2d, 0x2f]],
  [[0x20, 0x7e]],
];

/**
 * Returns one of the shortest words of the language, or undefined for the empty set. Breadth-first search over derivatives.
 *
 * @throws {Undecidable} when the search would take too long.
 */
export function shortestWord(languages: Languages, language: Language): string | undefined {
  const alphabet = representatives(language);
  const seen = new Set<Language>([language]);
  let front: { word: string; language: Language }[] = [{ word: '', language }];
  while (front.length > 0) {
    const found = front.find((each) => languages.isNullable(each.language));
    if (found) return found.word;
    const next: typeof front = [];
    for (const { word, language: left } of front) {
      for (const codePoint of alphabet) {
        const rest = languages.derivative(left, codePoint);
        if (rest.kind === 'empty' || seen.has(rest)) continue;
        if (seen.size >= MAX_STATES) throw new Undecidable('the patterns are too large to reason about');
        seen.add(rest);
        next.push({ word: word + String.fromCodePoint(codePoint), language: rest });
      }
    }
    front = next;
  }
  return undefined;
}

/** Returns one code point of each class that the language does not distinguish, readable ones first. */
function representatives(language: Language): number[] {
  const starts = new Set([0, ...READABLE.flat().flatMap(([from, to]) => [from, to + 1])]);
  for (const [from, to] of setsOf(language, new Set())) starts.add(from).add(to + 1);
  const rank = (codePoint: number): number => {
    const index = READABLE.findIndex((range) => includes(range, codePoint));
    return index === -1 ? READABLE.length : index;
  };
  // Surrogates are no characters by themselves.
  return [...starts]
    .filter((codePoint) => codePoint <= MAX_CODE_POINT && !(codePoint >= 0xd800 && codePoint <= 0xdfff))
    .toSorted((a, b) => rank(a) - rank(b) || a - b);
}

function setsOf(language: Language, seen: Set<Language>): (readonly [number, number])[] {
  if (seen.has(language)) return [];
  seen.add(language);
  switch (language.kind) {
    case 'empty':
    case 'epsilon':
      return [];
    case 'set':
      return [...language.codePoints];
    case 'concat':
      return [...setsOf(language.first, seen), ...setsOf(language.rest, seen)];
    case 'or':
    case 'and':
      return language.parts.flatMap((part) => setsOf(part, seen));
    case 'star':
    case 'not':
      return setsOf(language.of, seen);
  }
}
