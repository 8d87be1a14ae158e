import { ANY, codePointsOf, includes, union, type CodePoints } from './code-points.js';

/** A set of words; equal sets that were built alike are one object. */
export type Language = { readonly id: number } & (
  | { kind: 'never' | 'empty' }
  | { kind: 'set'; codePoints: CodePoints }
  | { kind: 'concat'; first: Language; rest: Language }
  | { kind: 'or' | 'and'; parts: readonly Language[] }
  | { kind: 'star' | 'not'; of: Language }
);

type Shape = Language extends infer Each ? (Each extends Language ? Omit<Each, 'id'> : never) : never;

/** There are languages whose description needs more than this; nobody waits for an answer about them. */
const MAX_LANGUAGES = 2000;

/** What was asked would take too long, or can't be told at all. */
export class Undecidable extends Error {}

/**
 * Regular languages with union, intersection and complement, by derivatives (Brzozowski 1964; Owens, Reppy, Turon 2009).
 * Every language is made here, so that equal ones are found equal and a search through them ends. Throws Undecidable when
 * there are too many.
 */
export class Languages {
  readonly #made = new Map<string, Language>();
  readonly #derivatives = new Map<string, Language>();

  /** No word. */
  readonly never = this.#make('never', { kind: 'never' });
  /** The empty word. */
  readonly empty = this.#make('empty', { kind: 'empty' });
  /** Every word. */
  readonly all = this.not(this.never);

  /** One code point of these. */
  set(codePoints: CodePoints): Language {
    return codePoints.length === 0
      ? this.never
      : this.#make(`set ${codePoints.join(' ')}`, { kind: 'set', codePoints });
  }

  /** This word. */
  literal(word: string): Language {
    return this.concat(...Array.from(word, (character) => this.set(codePointsOf(character))));
  }

  /** A word of each, one after the other. */
  concat(...parts: readonly Language[]): Language {
    return parts.reduceRight((rest, first) => this.#pair(first, rest), this.empty);
  }

  /** A word of any. */
  or(...parts: readonly Language[]): Language {
    const all = flat('or', parts).filter(({ kind }) => kind !== 'never');
    if (all.includes(this.all)) return this.all;
    return this.#several('or', all, this.never);
  }

  /** A word that is in each. */
  and(...parts: readonly Language[]): Language {
    const all = flat('and', parts).filter((part) => part !== this.all);
    if (all.includes(this.never)) return this.never;
    return this.#several('and', all, this.all);
  }

  /** Every other word. */
  not(of: Language): Language {
    return of.kind === 'not' ? of.of : this.#make(`not ${of.id}`, { kind: 'not', of });
  }

  /** Any number of words, none included. */
  star(of: Language): Language {
    if (of.kind === 'never' || of.kind === 'empty') return this.empty;
    if (of.kind === 'set' && of.codePoints.join() === ANY.join()) return this.all;
    return of.kind === 'star' ? of : this.#make(`star ${of.id}`, { kind: 'star', of });
  }

  /** Whether it has the empty word. */
  hasEmpty(language: Language): boolean {
    switch (language.kind) {
      case 'never':
      case 'set':
        return false;
      case 'empty':
      case 'star':
        return true;
      case 'concat':
        return this.hasEmpty(language.first) && this.hasEmpty(language.rest);
      case 'or':
        return language.parts.some((part) => this.hasEmpty(part));
      case 'and':
        return language.parts.every((part) => this.hasEmpty(part));
      case 'not':
        return !this.hasEmpty(language.of);
    }
  }

  /** What may follow this code point at the beginning of a word. */
  after(language: Language, codePoint: number): Language {
    const key = `${language.id} ${codePoint}`;
    let derivative = this.#derivatives.get(key);
    if (!derivative) this.#derivatives.set(key, (derivative = this.#derive(language, codePoint)));
    return derivative;
  }

  #derive(language: Language, codePoint: number): Language {
    switch (language.kind) {
      case 'never':
      case 'empty':
        return this.never;
      case 'set':
        return includes(language.codePoints, codePoint) ? this.empty : this.never;
      case 'concat': {
        const { first, rest } = language;
        const behindFirst = this.#pair(this.after(first, codePoint), rest);
        return this.hasEmpty(first) ? this.or(behindFirst, this.after(rest, codePoint)) : behindFirst;
      }
      case 'star':
        return this.#pair(this.after(language.of, codePoint), language);
      case 'or':
        return this.or(...language.parts.map((part) => this.after(part, codePoint)));
      case 'and':
        return this.and(...language.parts.map((part) => this.after(part, codePoint)));
      case 'not':
        return this.not(this.after(language.of, codePoint));
    }
  }

  #pair(first: Language, rest: Language): Language {
    if (first.kind === 'never' || rest.kind === 'never') return this.never;
    if (first.kind === 'empty') return rest;
    if (rest.kind === 'empty') return first;
    if (first.kind === 'concat') return this.#pair(first.first, this.#pair(first.rest, rest));
    return this.#make(`concat ${first.id} ${rest.id}`, { kind: 'concat', first, rest });
  }

  #several(kind: 'or' | 'and', parts: readonly Language[], none: Language): Language {
    const distinct = [...new Set(parts)].toSorted((a, b) => a.id - b.id);
    const sets = distinct.flatMap((part) => (kind === 'or' && part.kind === 'set' ? [part.codePoints] : []));
    if (sets.length > 1)
      return this.or(this.set(union(sets.flat())), ...distinct.filter((part) => part.kind !== 'set'));
    const [only = none, ...others] = distinct;
    if (others.length === 0) return only;
    return this.#make(`${kind} ${distinct.map(({ id }) => id).join(' ')}`, { kind, parts: distinct });
  }

  #make(key: string, shape: Shape): Language {
    let language = this.#made.get(key);
    if (!language) {
      if (this.#made.size >= MAX_LANGUAGES)
        throw new Undecidable('the patterns are too large to reason about');
      this.#made.set(key, (language = { ...shape, id: this.#made.size }));
    }
    return language;
  }
}

function flat(kind: 'or' | 'and', parts: readonly Language[]): Language[] {
  return parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
}
