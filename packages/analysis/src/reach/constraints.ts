import type { HeaderMatch, PathMatch, QueryParameterMatch, RouteMatch, StringMatch } from '@bookinfo/routing';
import {
  codePointsOf,
  union,
  Undecidable,
  type Language,
  type Languages,
  regexLanguage,
} from '@bookinfo/regular-languages';

/** What a variable of a request may be: absent, or one of some words. */
export interface Values {
  absent: boolean;
  words: Language;
}

/** What one part of a match asks of one variable; without `values` that can't be reasoned about. */
export interface Constraint {
  /** `path`, the name of a header (`:method` and its like included), or `?` and that of a query parameter. */
  variable: string;
  values: Values | undefined;
  /** Why there are no values. */
  reason?: string;
}

/** What a match asks for, part by part: all of them have to hold. */
export function constraintsOf(
  languages: Languages,
  { path, headers, queryParameters }: RouteMatch,
): Constraint[] {
  return [
    ...(path ? [constraint('path', () => ({ absent: false, words: pathWords(languages, path) }))] : []),
    ...headers.map((header) => constraint(header.name, () => headerValues(languages, header))),
    ...queryParameters.map((parameter) =>
      constraint(`?${parameter.name}`, () => parameterValues(languages, parameter)),
    ),
  ];
}

function constraint(variable: string, valuesOf: () => Values): Constraint {
  try {
    return { variable, values: valuesOf() };
  } catch (error) {
    if (!(error instanceof Undecidable)) throw error;
    return { variable, values: undefined, reason: error.message };
  }
}

/** Everything else. */
export function negated(languages: Languages, { absent, words }: Values): Values {
  return { absent: !absent, words: languages.not(words) };
}

function pathWords(languages: Languages, { kind, value, ignoreCase }: PathMatch): Language {
  if (kind === 'regex') return regexLanguage(languages, value);
  const literal = ignoreCase ? inAnyCase(languages, value) : languages.literal(value);
  switch (kind) {
    case 'exact':
      return literal;
    case 'prefix':
      return languages.concat(literal, languages.all);
    case 'path-separated-prefix':
      return languages.concat(
        literal,
        languages.or(languages.empty, languages.concat(languages.literal('/'), languages.all)),
      );
  }
}

/** Every text that is this one in lower case. */
function inAnyCase(languages: Languages, value: string): Language {
  const cases = Array.from(value.toLowerCase(), (lower) => {
    const upper = lower.toUpperCase();
    const both = upper.toLowerCase() === lower ? lower + upper : lower;
    // The Kelvin sign is the one other character whose lower case is in ASCII.
    return languages.set(union(codePointsOf(lower === 'k' ? `${both}\u212a` : both)));
  });
  return languages.concat(...cases);
}

/** See `headerHolds` in decide/match.ts. */
function headerValues(languages: Languages, { name, value, invert, missingAsEmpty }: HeaderMatch): Values {
  if (name === ':path') throw new Undecidable('the header :path is path and query in one');
  if (value.kind === 'present') return { absent: invert, words: invert ? languages.never : languages.all };
  const words = stringWords(languages, value);
  const holdsForEmpty = languages.hasEmpty(words) !== invert;
  return { absent: missingAsEmpty && holdsForEmpty, words: invert ? languages.not(words) : words };
}

function parameterValues(languages: Languages, { name, value }: QueryParameterMatch): Values {
  if (!/^[!-~]+$/.test(name))
    throw new Undecidable(`the name of the query parameter ${JSON.stringify(name)}`);
  return { absent: false, words: value.kind === 'present' ? languages.all : stringWords(languages, value) };
}

function stringWords(languages: Languages, { kind, value }: StringMatch): Language {
  if (kind === 'regex') return regexLanguage(languages, value);
  const literal = languages.literal(value);
  return kind === 'exact' ? literal : languages.concat(literal, languages.all);
}
