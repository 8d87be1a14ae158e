import { Undecidable, type Language, type Languages } from './languages.js';
import { parseRegex, type Regex } from './parse-regex.js';

/** Position in a pattern: at its start or end, where an anchor always matches, only anchors come before or after it. */
interface Position {
  atStart: boolean;
  atEnd: boolean;
}

/**
 * Returns the words that a pattern of RE2 matches in full.
 *
 * @throws {Undecidable} when the pattern has something that is not supported, such as a word boundary.
 */
export function regexLanguage(languages: Languages, pattern: string): Language {
  return languageOf(languages, parseRegex(pattern), { atStart: true, atEnd: true });
}

function languageOf(languages: Languages, regex: Regex, position: Position): Language {
  switch (regex.kind) {
    case 'begin':
    case 'end':
      if (regex.kind === 'begin' ? position.atStart : position.atEnd) return languages.epsilon;
      throw new Undecidable('a regular expression has an anchor in its middle');
    case 'set':
      return languages.set(regex.codePoints);
    case 'or':
      return languages.or(...regex.parts.map((part) => languageOf(languages, part, position)));
    case 'concat': {
      const { parts } = regex;
      return languages.concat(
        ...parts.map((part, index) =>
          languageOf(languages, part, {
            atStart: position.atStart && parts.slice(0, index).every(isAnchor),
            atEnd: position.atEnd && parts.slice(index + 1).every(isAnchor),
          }),
        ),
      );
    }
    case 'repeat':
      return repeated(
        languages,
        languageOf(languages, regex.of, positionInRepeat(regex.max, position)),
        regex,
      );
  }
}

function positionInRepeat(max: number, position: Position): Position {
  return max <= 1 ? position : { atStart: false, atEnd: false };
}

function repeated(
  languages: Languages,
  of: Language,
  { min, max }: Extract<Regex, { kind: 'repeat' }>,
): Language {
  const required = languages.concat(...Array.from({ length: min }, () => of));
  if (max === Infinity) return languages.concat(required, languages.star(of));
  let optional = languages.epsilon;
  for (let count = min; count < max; count += 1)
    optional = languages.or(languages.epsilon, languages.concat(of, optional));
  return languages.concat(required, optional);
}

function isAnchor({ kind }: Regex): boolean {
  return kind === 'begin' || kind === 'end';
}
