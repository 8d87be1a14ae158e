import { ANY, codePointsOf, complement, union, type CodePoints } from './code-points.js';
import { Undecidable } from './languages.js';

/** A pattern of RE2, taken apart. */
export type Regex =
  | { kind: 'begin' | 'end' }
  | { kind: 'set'; codePoints: CodePoints }
  | { kind: 'concat' | 'or'; parts: Regex[] }
  | { kind: 'repeat'; of: Regex; min: number; max: number };

interface Flags {
  ignoreCase: boolean;
  dotAll: boolean;
}

const NEWLINE = codePointsOf('\n');
const DIGIT: CodePoints = [[0x30, 0x39]];
const WORD = union([...DIGIT, [0x41, 0x5a], [0x61, 0x7a], [0x5f, 0x5f]]);
const SPACE = codePointsOf('\t\n\f\r ');
const CLASSES: Readonly<Record<string, CodePoints>> = {
  d: DIGIT,
  D: complement(DIGIT),
  w: WORD,
  W: complement(WORD),
  s: SPACE,
  S: complement(SPACE),
};
const POSIX: Readonly<Record<string, CodePoints>> = {
  alnum: union([...DIGIT, [0x41, 0x5a], [0x61, 0x7a]]),
  alpha: union([
    [0x41, 0x5a],
    [0x61, 0x7a],
  ]),
  ascii: [[0, 0x7f]],
  blank: codePointsOf('\t '),
  cntrl: union([
    [0, 0x1f],
    [0x7f, 0x7f],
  ]),
  digit: DIGIT,
  graph: [[0x21, 0x7e]],
  lower: [[0x61, 0x7a]],
  print: [[0x20, 0x7e]],
  punct: union([
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ]),
  space: union([...SPACE, [0x0b, 0x0b]]),
  upper: [[0x41, 0x5a]],
  word: WORD,
  xdigit: union([...DIGIT, [0x41, 0x46], [0x61, 0x66]]),
};
const ESCAPED: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };
/** What folds to an ASCII letter beside the other case: the Kelvin sign and the long s. */
const FOLDED: Readonly<Record<number, number>> = { 0x6b: 0x212a, 0x73: 0x17f };

/**
 * Reads a pattern that RE2 accepts. Throws Undecidable for what no set of words can stand for here: word boundaries,
 * Unicode classes, anchors per line, quoted runs.
 */
export function parseRegex(pattern: string): Regex {
  const parser = new Parser(pattern);
  const regex = parser.alternatives({ ignoreCase: false, dotAll: false });
  if (!parser.isAtEnd) throw unreadable(pattern);
  return regex;
}

class Parser {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#pattern.length;
  }

  alternatives(flags: Flags): Regex {
    const inherited = { ...flags };
    const parts: Regex[] = [];
    do parts.push(this.#concatenation(inherited));
    while (this.#takes('|'));
    const [only, ...others] = parts;
    return only && others.length === 0 ? only : { kind: 'or', parts };
  }

  /** Flags that are set on the way hold to the end of the group. */
  #concatenation(flags: Flags): Regex {
    const parts: Regex[] = [];
    while (!this.isAtEnd && !'|)'.includes(this.#next)) {
      const atom = this.#atom(flags);
      if (atom) parts.push(this.#repeated(atom));
    }
    return { kind: 'concat', parts };
  }

  #repeated(atom: Regex): Regex {
    const [text, min, , max] = /^(?:[*+?]|\{(\d+)(,(\d*))?\})/.exec(this.#rest) ?? [];
    if (text === undefined) return atom;
    this.#at += text.length;
    this.#takes('?'); // which match is preferred does not matter where all of the text has to match
    if (text === '*') return this.#repeated({ kind: 'repeat', of: atom, min: 0, max: Infinity });
    if (text === '+') return this.#repeated({ kind: 'repeat', of: atom, min: 1, max: Infinity });
    if (text === '?') return this.#repeated({ kind: 'repeat', of: atom, min: 0, max: 1 });
    const least = Number(min);
    const most = text.includes(',') ? (max ? Number(max) : Infinity) : least;
    return this.#repeated({ kind: 'repeat', of: atom, min: least, max: most });
  }

  #atom(flags: Flags): Regex | undefined {
    if (this.#takes('(')) return this.#group(flags);
    if (this.#takes('[')) return { kind: 'set', codePoints: this.#bracket(flags) };
    if (this.#takes('.')) return { kind: 'set', codePoints: flags.dotAll ? ANY : complement(NEWLINE) };
    if (this.#takes('^')) return { kind: 'begin' };
    if (this.#takes('$')) return { kind: 'end' };
    if (this.#takes('\\')) {
      if (this.#takes('A')) return { kind: 'begin' };
      if (this.#takes('z')) return { kind: 'end' };
      return { kind: 'set', codePoints: this.#escape(flags) };
    }
    return { kind: 'set', codePoints: folded(this.#codePoint(), flags) };
  }

  #group(flags: Flags): Regex | undefined {
    const [named] = /^\?P?<\w+>/.exec(this.#rest) ?? [];
    const [text, letters = '', end] = /^\?([a-zA-Z-]*)([:)])/.exec(this.#rest) ?? [];
    let inner = flags;
    if (named !== undefined) this.#at += named.length;
    else if (text !== undefined) {
      this.#at += text.length;
      inner = withFlags(flags, letters, this.#pattern);
      if (end === ')') {
        Object.assign(flags, inner);
        return undefined;
      }
    }
    const regex = this.alternatives(inner);
    if (!this.#takes(')')) throw unreadable(this.#pattern);
    return regex;
  }

  #bracket(flags: Flags): CodePoints {
    const isNegated = this.#takes('^');
    const ranges: (readonly [number, number])[] = [];
    for (let isFirst = true; isFirst || !this.#rest.startsWith(']'); isFirst = false) {
      if (this.isAtEnd) throw unreadable(this.#pattern);
      const [posix, not, name = ''] = /^\[:(\^?)(\w+):\]/.exec(this.#rest) ?? [];
      if (posix !== undefined) {
        const known = POSIX[name];
        if (!known) throw unreadable(this.#pattern);
        this.#at += posix.length;
        ranges.push(...(not ? complement(known) : known));
        continue;
      }
      const [, letter = ''] = /^\\([dDwWsS])/.exec(this.#rest) ?? [];
      const known = CLASSES[letter];
      if (known) {
        this.#at += 2;
        ranges.push(...known);
        continue;
      }
      const from = this.#bracketEnd();
      const isRange = /^-[^\]]/.test(this.#rest);
      if (isRange) this.#at += 1;
      ranges.push([from, isRange ? this.#bracketEnd() : from]);
    }
    this.#at += 1;
    const set = flags.ignoreCase ? foldedSet(union(ranges)) : union(ranges);
    return isNegated ? complement(set) : set;
  }

  #bracketEnd(): number {
    if (!this.#takes('\\')) return this.#codePoint();
    const [range] = this.#escape({ ignoreCase: false, dotAll: false });
    return range?.[0] ?? 0;
  }

  #escape(flags: Flags): CodePoints {
    const letter = this.#next;
    const known = CLASSES[letter];
    if (known) {
      this.#at += 1;
      return known;
    }
    const [text, braced, two] = /^x(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))/.exec(this.#rest) ?? [];
    if (text !== undefined) {
      this.#at += text.length;
      return folded(Number.parseInt(braced ?? two ?? '', 16), flags);
    }
    const control = ESCAPED[letter];
    if (control !== undefined) {
      this.#at += 1;
      return [[control, control]];
    }
    // Letters that are left are classes and boundaries, digits are octal numbers.
    if (/[A-Za-z0-9]/.test(letter)) throw unreadable(this.#pattern);
    return folded(this.#codePoint(), flags);
  }

  #codePoint(): number {
    const codePoint = this.#pattern.codePointAt(this.#at);
    if (codePoint === undefined) throw unreadable(this.#pattern);
    this.#at += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  get #rest(): string {
    return this.#pattern.slice(this.#at);
  }

  get #next(): string {
    return this.#pattern.charAt(this.#at);
  }

  #takes(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

function withFlags(flags: Flags, letters: string, pattern: string): Flags {
  const [on = '', off = ''] = letters.split('-');
  if (/[^isU]/.test(on + off)) throw unreadable(pattern);
  return {
    ignoreCase: (flags.ignoreCase || on.includes('i')) && !off.includes('i'),
    dotAll: (flags.dotAll || on.includes('s')) && !off.includes('s'),
  };
}

function folded(codePoint: number, { ignoreCase }: Flags): CodePoints {
  return ignoreCase ? foldedSet([[codePoint, codePoint]]) : [[codePoint, codePoint]];
}

/** Both cases of ASCII letters; of others case is not known here. */
function foldedSet(set: CodePoints): CodePoints {
  const both = set.flatMap(([from, to]) => {
    if (to > 0x7f) throw new Undecidable('case is ignored beyond ASCII');
    return Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).flatMap(
      (each) => {
        const lower = each.toLowerCase().charCodeAt(0);
        const more = FOLDED[lower];
        return [lower, each.toUpperCase().charCodeAt(0), ...(more === undefined ? [] : [more])];
      },
    );
  });
  return union(both.map((each) => [each, each] as const));
}

function unreadable(pattern: string): Undecidable {
  return new Undecidable(
    `the regular expression ${JSON.stringify(pattern)} is more than can be reasoned about`,
  );
}
