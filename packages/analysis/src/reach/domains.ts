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

/** Bytes beyond ASCII are allowed; their encoding is a matter of client and server. */
const BEYOND_ASCII: CodePoints = [[0x80, 0x10ffff]];
const VISIBLE: CodePoints = union([[0x21, 0x7e], ...BEYOND_ASCII]);
const TOKEN_CHARACTERS = union([
  ...codePointsOf("!#$%&'*+.^_`|~-"),
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x61, 0x7a],
]);

/**
 * Returns the values that HTTP allows for a variable of a request (RFC 9110, 5.5 and 9.1; RFC 3986, 3.3 and 3.4). Paths are
 * normalized: without backslashes and without the segments `.` and `..`.
 *
 * @param authorities Host headers of the virtual host
 */
export function domainOf(languages: Languages, variable: string, authorities: Language): Values {
  const impossible = { absent: true, words: languages.empty };
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
        return /[=&#]/.test(variable) ? impossible : { absent: true, words: text };
      }
      return TOKEN.test(variable) ? { absent: true, words: headerTexts(languages) } : impossible;
  }
}

/** Returns the Host headers of these domains (`*` at either end is a wildcard), in any case, with or without a port; no label is empty. */
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
  const emptyLabel = languages.concat(languages.all, languages.literal('..'), languages.all);
  const hosts = languages.and(languages.or(...domains.map(host)), languages.not(emptyLabel));
  return languages.concat(hosts, languages.or(languages.epsilon, port));
}

function paths(languages: Languages): Language {
  const slash = languages.literal('/');
  const letter = languages.set(without(VISIBLE, '?#\\'));
  const dot = languages.or(
    languages.literal('.'),
    languages.concat(languages.literal('%2'), languages.set(codePointsOf('eE'))),
  );
  const dots = languages.or(dot, languages.concat(dot, dot));
  const end = languages.or(languages.epsilon, languages.concat(slash, languages.all));
  const withDots = languages.concat(languages.all, slash, dots, end);
  return languages.and(languages.concat(slash, languages.star(letter)), languages.not(withDots));
}

/** Returns the values of a header: empty, or text without white space at its ends. */
function headerTexts(languages: Languages): Language {
  const visible = languages.set(VISIBLE);
  const any = languages.star(languages.set(union([...VISIBLE, [0x20, 0x20], [0x09, 0x09]])));
  return languages.or(languages.epsilon, visible, languages.concat(visible, any, visible));
}

function without(set: CodePoints, characters: string): CodePoints {
  return complement(union([...complement(set), ...codePointsOf(characters)]));
}
