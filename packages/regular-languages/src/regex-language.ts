import { Undecidable, type Language, type Languages } from './languages.js';
import { parseRegex, type Regex } from './parse-regex.js';

/** Whether an anchor may stand here: nothing but anchors is before it, or behind it. */
interface Place {
  atStart: boolean;
  atEnd: boolean;
}

/** The words that a pattern matches in full. Throws Undecidable. */
export function regexLanguage(languages: Languages, pattern: string): Language {
  return languageOf(languages, parseRegex(pattern), { atStart: true, atEnd: true });
}

function languageOf(languages: Languages, regex: Regex, place: Place): Language {
  switch (regex.kind) {
    case 'begin':
    case 'end':
      if (regex.kind === 'begin' ? place.atStart : place.atEnd) return languages.empty;
      throw new Undecidable('an anchor stands in the middle of a regular expression');
    case 'set':
      return languages.set(regex.codePoints);
    case 'or':
      return languages.or(...regex.parts.map((part) => languageOf(languages, part, place)));
    case 'concat': {
      const { parts } = regex;
      return languages.concat(
        ...parts.map((part, index) =>
          languageOf(languages, part, {
            atStart: place.atStart && parts.slice(0, index).every(isAnchor),
            atEnd: place.atEnd && parts.slice(index + 1).every(isAnchor),
          }),
        ),
      );
    }
    case 'repeat':
      return repeated(languages, languageOf(languages, regex.of, inner(regex.max, place)), regex);
  }
}

function inner(max: number, place: Place): Place {
  return max <= 1 ? place : { atStart: false, atEnd: false };
}

function repeated(
  languages: Languages,
  of: Language,
  { min, max }: Extract<Regex, { kind: 'repeat' }>,
): Language {
  const least = languages.concat(...Array.from({ length: min }, () => of));
  if (max === Infinity) return languages.concat(least, languages.star(of));
  let optional = languages.empty;
  for (let count = min; count < max; count += 1)
    optional = languages.or(languages.empty, languages.concat(of, optional));
  return languages.concat(least, optional);
}

function isAnchor({ kind }: Regex): boolean {
  return kind === 'begin' || kind === 'end';
}
