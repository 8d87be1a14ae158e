import { ANY, codePointsOf, includes, union, type CodePoints } from './code-points.js';

/** A regular language: a set of words. Two that are built from the same parts are the same object. */
export type Language = { readonly id: number } & (
  | { kind: 'empty' | 'epsilon' }
  | { kind: 'set'; codePoints: CodePoints }
  | { kind: 'concat'; first: Language; rest: Language }
  | { kind: 'or' | 'and'; parts: readonly Language[] }
  | { kind: 'star' | 'not'; of: Language }
);

type Shape = Language extends infer Each ? (Each extends Language ? Omit<Each, 'id'> : never) : never;

/** Limit of the distinct languages of one `Languages`. Some patterns have so many derivatives that no search would end. */
const MAX_LANGUAGES = 2000;

/** Thrown when a pattern is not supported, or when a search would take too long. */
export class Undecidable extends Error {}

/**
 * A factory of regular languages with union, intersection and complement, and of their derivatives (Brzozowski 1964; Owens,
 * Reppy, Turon 2009). It simplifies and interns every language, which keeps the number of derivatives finite.
 *
 * @throws {Undecidable} from any method, when there are too many languages.
 */
export class Languages {
  readonly #interned = new Map<string, Language>();
  readonly #derivatives = new Map<string, Language>();

  /** The empty set. */
  readonly empty = this.#intern('empty', { kind: 'empty' });
  /** The set of the empty word alone. */
  readonly epsilon = this.#intern('epsilon', { kind: 'epsilon' });
  /** The set of all words. */
  readonly all = this.not(this.empty);

  /** Returns the words of one code point, which is one of these. */
  set(codePoints: CodePoints): Language {
    return codePoints.length === 0
      ? this.empty
      : this.#intern(`set ${codePoints.join(' ')}`, { kind: 'set', codePoints });
  }

  /** Returns the set of this word alone. */
  literal(word: string): Language {
    return this.concat(...Array.from(word, (character) => this.set(codePointsOf(character))));
  }

  /** Returns the concatenation: a word of each language, one after the other. */
  concat(...parts: readonly Language[]): Language {
    return parts.reduceRight((rest, first) => this.#concatTwo(first, rest), this.epsilon);
  }

  /** Returns the union. */
  or(...parts: readonly Language[]): Language {
    const all = flatten('or', parts).filter(({ kind }) => kind !== 'empty');
    if (all.includes(this.all)) return this.all;
    return this.#combine('or', all, this.empty);
  }

  /** Returns the intersection. */
  and(...parts: readonly Language[]): Language {
    const all = flatten('and', parts).filter((part) => part !== this.all);
    if (all.includes(this.empty)) return this.empty;
    return this.#combine('and', all, this.all);
  }

  /** Returns the complement. */
  not(of: Language): Language {
    return of.kind === 'not' ? of.of : this.#intern(`not ${of.id}`, { kind: 'not', of });
  }

  /** Returns the Kleene star: any number of words, one after the other. */
  star(of: Language): Language {
    if (of.kind === 'empty' || of.kind === 'epsilon') return this.epsilon;
    if (of.kind === 'set' && of.codePoints.join() === ANY.join()) return this.all;
    return of.kind === 'star' ? of : this.#intern(`star ${of.id}`, { kind: 'star', of });
  }

  /** Returns whether the language contains the empty word. */
  isNullable(language: Language): boolean {
    switch (language.kind) {
      case 'empty':
      case 'set':
        return false;
      case 'epsilon':
      case 'star':
        return true;
      case 'concat':
        return this.isNullable(language.first) && this.isNullable(language.rest);
      case 'or':
        return language.parts.some((part) => this.isNullable(part));
      case 'and':
        return language.parts.every((part) => this.isNullable(part));
      case 'not':
        return !this.isNullable(language.of);
    }
  }

  /** Returns the derivative: the rests of the words that begin with this code point. */
  derivative(language: Language, codePoint: number): Language {
    const key = `${language.id} ${codePoint}`;
    let derivative = this.#derivatives.get(key);
    if (!derivative) this.#derivatives.set(key, (derivative = this.#derive(language, codePoint)));
    return derivative;
  }

  #derive(language: Language, codePoint: number): Language {
    switch (language.kind) {
      case 'empty':
      case 'epsilon':
        return this.empty;
      case 'set':
        return includes(language.codePoints, codePoint) ? this.epsilon : this.empty;
      case 'concat': {
        const { first, rest } = language;
        const withinFirst = this.#concatTwo(this.derivative(first, codePoint), rest);
        return this.isNullable(first) ? this.or(withinFirst, this.derivative(rest, codePoint)) : withinFirst;
      }
      case 'star':
        return this.#concatTwo(this.derivative(language.of, codePoint), language);
      case 'or':
        return this.or(...language.parts.map((part) => this.derivative(part, codePoint)));
      case 'and':
        return this.and(...language.parts.map((part) => this.derivative(part, codePoint)));
      case 'not':
        return this.not(this.derivative(language.of, codePoint));
    }
  }

  #concatTwo(first: Language, rest: Language): Language {
    if (first.kind === 'empty' || rest.kind === 'empty') return this.empty;
    if (first.kind === 'epsilon') return rest;
    if (rest.kind === 'epsilon') return first;
    if (first.kind === 'concat') return this.#concatTwo(first.first, this.#concatTwo(first.rest, rest));
    return this.#intern(`concat ${first.id} ${rest.id}`, { kind: 'concat', first, rest });
  }

  #combine(kind: 'or' | 'and', parts: readonly Language[], neutral: Language): Language {
    const distinct = [...new Set(parts)].toSorted((a, b) => a.id - b.id);
    const sets = distinct.flatMap((part) => (kind === 'or' && part.kind === 'set' ? [part.codePoints] : []));
    if (sets.length > 1)
      return this.or(this.set(union(sets.flat())), ...distinct.filter((part) => part.kind !== 'set'));
    const [only = neutral, ...others] = distinct;
    if (others.length === 0) return only;
    return this.#intern(`${kind} ${distinct.map(({ id }) => id).join(' ')}`, { kind, parts: distinct });
  }

  #intern(key: string, shape: Shape): Language {
    let language = this.#interned.get(key);
    if (!language) {
      if (this.#interned.size >= MAX_LANGUAGES)
        throw new Undecidable('the patterns are too large to reason about');
      this.#interned.set(key, (language = { ...shape, id: this.#interned.size }));
    }
    return language;
  }
}

function flatten(kind: 'or' | 'and', parts: readonly Language[]): Language[] {
  return parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
}
