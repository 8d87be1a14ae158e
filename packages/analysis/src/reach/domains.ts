import {
  complement,
  codePointsOf,
  union,
  type CodePoints,
  type Language,
  type Languages,
} from '@bookinfo/regular-languages';
import { TOKEN } from '@bookinfo/text';
import type { Values } from './constraints.js';

/** Beyond ASCII as well: what bytes there stand for is between client and server. */
const BEYOND_ASCII: CodePoints = [[0x80, 0x10ffff]];
const VISIBLE: CodePoints = union([[0x21, 0x7e], ...BEYOND_ASCII]);
const TOKEN_CHARACTERS = union([
  ...codePointsOf("!#$%&'*+.^_`|~-"),
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x61, 0x7a],
]);

/**
 * What HTTP lets a variable of a request be, whatever rules say (RFC 9110, 5.5 and 9.1; RFC 3986, 3.3 and 3.4). A path is
 * one that is normalized: without a backslash, and no segment of it is `.` or `..`.
 *
 * @param authorities the Host headers that lead to the rules in question
 */
export function domainOf(languages: Languages, variable: string, authorities: Language): Values {
  const never = { absent: true, words: languages.never };
  switch (variable) {
    case 'path':
      return { absent: false, words: paths(languages) };
    case ':method': {
      const letter = languages.set(TOKEN_CHARACTERS);
      return { absent: false, words: languages.concat(letter, languages.star(letter)) };
    }
    case ':scheme':
      return { absent: false, words: languages.or(languages.literal('http'), languages.literal('https')) };
    case ':authority':
      return { absent: false, words: authorities };
    default:
      if (variable.startsWith('?')) {
        const text = languages.star(languages.set(without(VISIBLE, '#&')));
        return /[=&#]/.test(variable) ? never : { absent: true, words: text };
      }
      return TOKEN.test(variable) ? { absent: true, words: headerTexts(languages) } : never;
  }
}

/** Any of these domains (`*` at either end stands for something), in any case, with a port or without. */
export function authoritiesOf(languages: Languages, domains: readonly string[]): Language {
  const letter = languages.set(without(VISIBLE, '/?#@\\'));
  const some = languages.concat(letter, languages.star(letter));
  const host = (domain: string): Language =>
    languages.concat(
      ...Array.from(domain, (character) =>
        character === '*'
          ? some
          : languages.set(codePointsOf(character.toLowerCase() + character.toUpperCase())),
      ),
    );
  const digit = languages.set([[0x30, 0x39]]);
  const port = languages.concat(languages.literal(':'), digit, languages.star(digit));
  return languages.concat(languages.or(...domains.map(host)), languages.or(languages.empty, port));
}

function paths(languages: Languages): Language {
  const slash = languages.literal('/');
  const letter = languages.set(without(VISIBLE, '?#\\'));
  const dot = languages.or(
    languages.literal('.'),
    languages.concat(languages.literal('%2'), languages.set(codePointsOf('eE'))),
  );
  const dots = languages.or(dot, languages.concat(dot, dot));
  const end = languages.or(languages.empty, languages.concat(slash, languages.all));
  const withDots = languages.concat(languages.all, slash, dots, end);
  return languages.and(languages.concat(slash, languages.star(letter)), languages.not(withDots));
}

/** Nothing, or text that neither begins nor ends with white space. */
function headerTexts(languages: Languages): Language {
  const visible = languages.set(VISIBLE);
  const any = languages.star(languages.set(union([...VISIBLE, [0x20, 0x20], [0x09, 0x09]])));
  return languages.or(languages.empty, visible, languages.concat(visible, any, visible));
}

function without(set: CodePoints, characters: string): CodePoints {
  return complement(union([...complement(set), ...codePointsOf(characters)]));
}
