import type { HeaderMatch, PathMatch, QueryParameterMatch, RouteMatch, StringMatch } from '@bookinfo/routing';
import {
  codePointsOf,
  union,
  Undecidable,
  type Language,
  type Languages,
  regexLanguage,
} from '@bookinfo/regular-languages';

/** The possible values of a variable of a request: absent, or one of some words. */
export interface Values {
  absent: boolean;
  words: Language;
}

/** The values of one variable for which one part of a match holds. Without `values` they could not be determined. */
export interface Constraint {
  /** `path`, the name of a header (`:method` and its like included), or `?` and that of a query parameter. */
  variable: string;
  values: Values | undefined;
  /** The reason why there are no `values`. */
  reason?: string;
}

/** Returns the constraints of a match, part by part. The match holds when all of them hold. */
export function constraintsOf(
  languages: Languages,
  { path, headers, queryParameters }: RouteMatch,
): Constraint[] {
  return [
    ...(path ? [constraint('path', () => ({ absent: false, words: pathWords(languages, path) }))] : []),
    ...headers.map((header) => constraint(variableOf(header.name), () => headerValues(languages, header))),
    ...queryParameters.map((parameter) =>
      constraint(`?${parameter.name}`, () => parameterValues(languages, parameter)),
    ),
  ];
}

/** The header `host` and the authority are one variable, so that no request has two values for it. */
function variableOf(header: string): string {
  return header === 'host' ? ':authority' : header;
}

function constraint(variable: string, valuesOf: () => Values): Constraint {
  try {
    return { variable, values: valuesOf() };
  } catch (error) {
    if (!(error instanceof Undecidable)) throw error;
    return { variable, values: undefined, reason: error.message };
  }
}

/** Returns all other values. */
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
        languages.or(languages.epsilon, languages.concat(languages.literal('/'), languages.all)),
      );
  }
}

/** Returns the words that equal this one when case is ignored. */
function inAnyCase(languages: Languages, value: string): Language {
  const cases = Array.from(value.toLowerCase(), (lower) => {
    const upper = lower.toUpperCase();
    const both = upper.toLowerCase() === lower ? lower + upper : lower;
    // The Kelvin sign is the only other character with a lower case in ASCII.
    return languages.set(union(codePointsOf(lower === 'k' ? `${both}\u212a` : both)));
  });
  return languages.concat(...cases);
}

/** Follows `headerHolds` in matching/match.ts of @bookinfo/routing. */
function headerValues(languages: Languages, { name, value, invert, missingAsEmpty }: HeaderMatch): Values {
  if (name === ':path') throw new Undecidable('the header :path has the path and the query in one');
  if (value.kind === 'present') return { absent: invert, words: invert ? languages.empty : languages.all };
  const words = stringWords(languages, value);
  const holdsForEmpty = languages.isNullable(words) !== invert;
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
