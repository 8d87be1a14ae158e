import {
  type Route,
  type VirtualHost,
  type RouteRequest,
  firstMismatch,
  matchSubject,
} from '@bookinfo/routing';
import { constraintsOf, negated, type Values } from './constraints.js';
import { authoritiesOf, domainOf } from './domains.js';
import { Languages, Undecidable, shortestWord } from '@bookinfo/regular-languages';

/** Whether requests get to a route past those before it. */
export type Reach =
  /** This one does. */
  | { kind: 'reached'; request: RouteRequest }
  /** None: what it matches is taken by these, or is nothing at all. */
  | { kind: 'unreachable'; takenBy: Route[] }
  /** Nobody knows. */
  | { kind: 'undecided'; reason: string };

/** How a request looks that rules ask nothing special of; of several paths the first that will do is taken. */
export interface UsualRequest {
  port: number;
  authority: string;
  paths: readonly string[];
}

/** More attempts than this mean that hundreds of rules overlap. */
const MAX_ATTEMPTS = 2000;
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
/** Stands for a value where a match asks only that there is one. */
const ANY_VALUE = 'any';

/** A choice, like a word. */
const ABSENT = Symbol('absent');

type Known = ReadonlyMap<string, Values>;

/**
 * Looks for a request that the virtual host gives to this route, or proves that there is none. The proof is exact: paths,
 * headers and parameters are sets of words, and regular expressions are taken apart. Where one can't be (see parseRegex),
 * or where the search would take too long, the answer is `undecided`.
 */
export function findRequest({ routes, domains }: VirtualHost, route: Route, usual: UsualRequest): Reach {
  const search = new RequestSearch(routes.slice(0, routes.indexOf(route)), domains, usual);
  try {
    return search.requestFor(route);
  } catch (error) {
    if (error instanceof Undecidable) return { kind: 'undecided', reason: error.message };
    throw error;
  }
}

class RequestSearch {
  readonly #languages = new Languages();
  readonly #earlier: readonly Route[];
  readonly #domains: readonly string[];
  readonly #usual: UsualRequest;
  readonly #takenBy = new Set<Route>();
  #attempts = 0;
  /** Why an earlier route could not be kept away from in every way. */
  #doubt: string | undefined;

  constructor(earlier: readonly Route[], domains: readonly string[], usual: UsualRequest) {
    this.#earlier = earlier;
    this.#domains = domains;
    this.#usual = usual;
  }

  requestFor(route: Route): Reach {
    let known: Known = new Map();
    let isOther = 'the request that was found is another one';
    for (const { variable, values, reason } of constraintsOf(this.#languages, route.match)) {
      // Without this part it is a wider match: when no request gets past the earlier routes even so, none does.
      if (values) known = this.#with(known, variable, values);
      else isOther = reason ?? isOther;
    }
    const request = this.#search(known);
    if (!request)
      return this.#doubt === undefined
        ? { kind: 'unreachable', takenBy: this.#earlier.filter((each) => this.#takenBy.has(each)) }
        : { kind: 'undecided', reason: this.#doubt };
    return firstMismatch(route.match, matchSubject(request))
      ? { kind: 'undecided', reason: isOther }
      : { kind: 'reached', request };
  }

  /** A request within these bounds that no earlier route takes; where one does, it is kept away from part by part. */
  #search(known: Known): RouteRequest | undefined {
    this.#attempts += 1;
    if (this.#attempts > MAX_ATTEMPTS) throw new Undecidable('too many rules overlap');
    const request = this.#requestWithin(known);
    if (!request) return undefined;
    const subject = matchSubject(request);
    const taker = this.#earlier.find(({ match }) => !firstMismatch(match, subject));
    if (!taker) return request;
    this.#takenBy.add(taker);
    for (const { variable, values, reason } of constraintsOf(this.#languages, taker.match)) {
      if (!values) {
        this.#doubt = reason;
        continue;
      }
      const found = this.#search(this.#with(known, variable, negated(this.#languages, values)));
      if (found) return found;
    }
    return undefined;
  }

  #with(known: Known, variable: string, { absent, words }: Values): Known {
    const before = known.get(variable) ?? this.#domain(variable);
    const both = { absent: before.absent && absent, words: this.#languages.and(before.words, words) };
    return new Map(known).set(variable, both);
  }

  #domain(variable: string): Values {
    return domainOf(this.#languages, variable, authoritiesOf(this.#languages, this.#domains));
  }

  #requestWithin(known: Known): RouteRequest | undefined {
    const chosen = new Map<string, string>();
    for (const [variable, values] of known) {
      const value = this.#choose(values, this.#preferred(variable));
      if (value === undefined) return undefined;
      if (value !== ABSENT) chosen.set(variable, value);
    }
    const { port, authority, paths } = this.#usual;
    const named = [...chosen].filter(([name]) => name !== 'path' && !name.startsWith(':'));
    const query = named.filter(([name]) => name.startsWith('?'));
    const search = query.map(([name, value]) => `${name.slice(1)}=${value}`).join('&');
    return {
      port,
      method: chosen.get(':method') ?? 'GET',
      scheme: chosen.get(':scheme') === 'https' ? 'https' : 'http',
      authority: chosen.get(':authority') ?? authority,
      path: (chosen.get('path') ?? paths[0] ?? '/') + (search === '' ? '' : `?${search}`),
      headers: Object.fromEntries(named.filter(([name]) => !name.startsWith('?'))),
    };
  }

  #preferred(variable: string): (string | typeof ABSENT)[] {
    switch (variable) {
      case 'path':
        return [...this.#usual.paths];
      case ':method':
        return METHODS;
      case ':scheme':
        return ['http'];
      case ':authority':
        return [this.#usual.authority];
      default:
        return [ABSENT, ANY_VALUE];
    }
  }

  /** One of the values, a preferred one if there is; undefined when there is none. */
  #choose(
    { absent, words }: Values,
    preferred: readonly (string | typeof ABSENT)[],
  ): string | typeof ABSENT | undefined {
    const first = preferred.find((value) => (value === ABSENT ? absent : this.#has(words, value)));
    return first ?? shortestWord(this.#languages, words);
  }

  #has(words: Values['words'], word: string): boolean {
    let left = words;
    for (const character of word) left = this.#languages.after(left, character.codePointAt(0) ?? 0);
    return this.#languages.hasEmpty(left);
  }
}
