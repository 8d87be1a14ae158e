import { ANY, codePointsOf, complement, union, type CodePoints } from './code-points.js';
import { Undecidable } from './languages.js';

/** The syntax tree of a pattern. */
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
/** Characters beyond ASCII that match an ASCII letter (the key) when case is ignored: Kelvin sign and long s. */
const FOLDED: Readonly<Record<number, number>> = { 0x6b: 0x212a, 0x73: 0x17f };

/**
 * Parses a pattern that RE2 accepts (https://github.com/google/re2/wiki/Syntax).
 *
 * @throws {Undecidable} when the pattern has a word boundary, a Unicode class, anchors per line, or a quoted run.
 */
export function parseRegex(pattern: string): Regex {
  const parser = new Parser(pattern);
  const regex = parser.alternatives({ ignoreCase: false, dotAll: false });
  if (!parser.isAtEnd) throw unsupported(pattern);
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
    while (this.#consume('|'));
    const [only, ...others] = parts;
    return only && others.length === 0 ? only : { kind: 'or', parts };
  }

  /** Flags that are set inside, by `(?i)`, apply to the end of the group. */
  #concatenation(flags: Flags): Regex {
    const parts: Regex[] = [];
    while (!this.isAtEnd && !'|)'.includes(this.#current)) {
      const atom = this.#atom(flags);
      if (atom) parts.push(this.#repeated(atom));
    }
    return { kind: 'concat', parts };
  }

  #repeated(atom: Regex): Regex {
    const [text, min, , max] = /^(?:[*+?]|\{(\d+)(,(\d*))?\})/.exec(this.#rest) ?? [];
    if (text === undefined) return atom;
    this.#at += text.length;
    this.#consume('?'); // A lazy quantifier changes which match is preferred, not which texts match in full.
    if (text === '*') return this.#repeated({ kind: 'repeat', of: atom, min: 0, max: Infinity });
    if (text === '+') return this.#repeated({ kind: 'repeat', of: atom, min: 1, max: Infinity });
    if (text === '?') return this.#repeated({ kind: 'repeat', of: atom, min: 0, max: 1 });
    const atLeast = Number(min);
    const atMost = text.includes(',') ? (max ? Number(max) : Infinity) : atLeast;
    return this.#repeated({ kind: 'repeat', of: atom, min: atLeast, max: atMost });
  }

  #atom(flags: Flags): Regex | undefined {
    if (this.#consume('(')) return this.#group(flags);
    if (this.#consume('[')) return { kind: 'set', codePoints: this.#bracket(flags) };
    if (this.#consume('.')) return { kind: 'set', codePoints: flags.dotAll ? ANY : complement(NEWLINE) };
    if (this.#consume('^')) return { kind: 'begin' };
    if (this.#consume('$')) return { kind: 'end' };
    if (this.#consume('\\')) {
      if (this.#consume('A')) return { kind: 'begin' };
      if (this.#consume('z')) return { kind: 'end' };
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
    if (!this.#consume(')')) throw unsupported(this.#pattern);
    return regex;
  }

  #bracket(flags: Flags): CodePoints {
    const isNegated = this.#consume('^');
    const ranges: (readonly [number, number])[] = [];
    for (let isFirst = true; isFirst || !this.#rest.startsWith(']'); isFirst = false) {
      if (this.isAtEnd) throw unsupported(this.#pattern);
      const [posix, not, name = ''] = /^\[:(\^?)(\w+):\]/.exec(this.#rest) ?? [];
      if (posix !== undefined) {
        const known = POSIX[name];
        if (!known) throw unsupported(this.#pattern);
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
    if (!this.#consume('\\')) return this.#codePoint();
    const [range] = this.#escape({ ignoreCase: false, dotAll: false });
    return range?.[0] ?? 0;
  }

  #escape(flags: Flags): CodePoints {
    const letter = this.#current;
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
    // The other letters are classes and boundaries; digits are octal numbers.
    if (/[A-Za-z0-9]/.test(letter)) throw unsupported(this.#pattern);
    return folded(this.#codePoint(), flags);
  }

  #codePoint(): number {
    const codePoint = this.#pattern.codePointAt(this.#at);
    if (codePoint === undefined) throw unsupported(this.#pattern);
    this.#at += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  get #rest(): string {
    return this.#pattern.slice(this.#at);
  }

  get #current(): string {
    return this.#pattern.charAt(this.#at);
  }

  #consume(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

function withFlags(flags: Flags, letters: string, pattern: string): Flags {
  const [on = '', off = ''] = letters.split('-');
  if (/[^isU]/.test(on + off)) throw unsupported(pattern);
  return {
    ignoreCase: (flags.ignoreCase || on.includes('i')) && !off.includes('i'),
    dotAll: (flags.dotAll || on.includes('s')) && !off.includes('s'),
  };
}

function folded(codePoint: number, { ignoreCase }: Flags): CodePoints {
  return ignoreCase ? foldedSet([[codePoint, codePoint]]) : [[codePoint, codePoint]];
}

/** Adds the other case of ASCII letters. Case beyond ASCII is not supported. */
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

function unsupported(pattern: string): Undecidable {
  return new Undecidable(
    `the regular expression ${JSON.stringify(pattern)} has syntax that is not supported here`,
  );
}
