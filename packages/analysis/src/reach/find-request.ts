import {
  type Route,
  type VirtualHost,
  type RouteRequest,
  firstMismatch,
  matchSubject,
  Regexes,
} from '@bookinfo/routing';
import { constraintsOf, negated, type Values } from './constraints.js';
import { authoritiesOf, domainOf } from './domains.js';
import { Languages, Undecidable, shortestWord } from '@bookinfo/regular-languages';

/** The result of the search for a request that reaches a route, past the routes before it. */
export type Reach =
  /** This request does. */
  | { kind: 'reached'; request: RouteRequest }
  /** None does: these routes take all requests that it matches, or it matches none. */
  | { kind: 'unreachable'; takenBy: Route[] }
  /** The search found no request, and no proof that there is none. */
  | { kind: 'undecided'; reason: string };

/** A request to a virtual host before any constraint. Of its paths the first that meets the constraints is taken. */
export interface RequestTemplate {
  port: number;
  scheme: RouteRequest['scheme'];
  authority: string;
  paths: readonly string[];
}

/** Limit of candidate requests per search; more mean that hundreds of rules overlap. */
const MAX_ATTEMPTS = 2000;
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
/** Value for a match that only asks for presence. */
const ANY_VALUE = 'any';

/** The choice to leave a variable out. */
const ABSENT = Symbol('absent');

/** Values that each variable may have. */
type Constraints = ReadonlyMap<string, Values>;

/**
 * Finds a request that the virtual host routes to this route, or proves that there is none. The proof is exact: paths,
 * headers and parameters are regular languages. The result is `undecided` when a regular expression is not supported (see
 * parseRegex), or when the search would take too long.
 */
export function findRequest(
  { routes, domains }: VirtualHost,
  route: Route,
  template: RequestTemplate,
): Reach {
  return searched(new RequestSearch(routes.slice(0, routes.indexOf(route)), domains, template), [route]);
}

/** Finds a request that none of the routes of the virtual host matches, or proves that there is none. */
export function findUnmatchedRequest({ routes, domains }: VirtualHost, template: RequestTemplate): Reach {
  return searched(new RequestSearch(routes, domains, template), []);
}

/** Finds a request of the virtual host that both routes match, or proves that there is none. */
export function findCommonRequest(
  { domains }: VirtualHost,
  routes: readonly [Route, Route],
  template: RequestTemplate,
): Reach {
  return searched(new RequestSearch([], domains, template), routes);
}

function searched(search: RequestSearch, routes: readonly Route[]): Reach {
  try {
    return search.requestFor(routes);
  } catch (error) {
    if (error instanceof Undecidable) return { kind: 'undecided', reason: error.message };
    throw error;
  }
}

class RequestSearch {
  readonly #languages = new Languages();
  readonly #regexes = new Regexes();
  readonly #earlier: readonly Route[];
  readonly #domains: readonly string[];
  readonly #template: RequestTemplate;
  readonly #takenBy = new Set<Route>();
  #attempts = 0;
  /** Set when some way of avoiding an earlier route could not be tried. */
  #undecidedReason: string | undefined;

  constructor(earlier: readonly Route[], domains: readonly string[], template: RequestTemplate) {
    this.#earlier = earlier;
    this.#domains = domains;
    this.#template = template;
  }

  /** Returns a request that all of these routes match. */
  requestFor(routes: readonly Route[]): Reach {
    let constraints: Constraints = new Map();
    let mismatchReason = 'the request found does not match it';
    for (const { variable, values, reason } of routes.flatMap(({ match }) =>
      constraintsOf(this.#languages, match),
    )) {
      // Without this part the match is wider. When no request reaches even the wider one, none reaches the route.
      if (values) constraints = this.#constrain(constraints, variable, values);
      else mismatchReason = reason ?? mismatchReason;
    }
    const request = this.#search(constraints);
    if (!request)
      return this.#undecidedReason === undefined
        ? { kind: 'unreachable', takenBy: this.#earlier.filter((each) => this.#takenBy.has(each)) }
        : { kind: 'undecided', reason: this.#undecidedReason };
    const subject = matchSubject(request, this.#regexes);
    return routes.some(({ match }) => firstMismatch(match, subject))
      ? { kind: 'undecided', reason: mismatchReason }
      : { kind: 'reached', request };
  }

  /** Finds a request that no earlier route matches. When one does, each part of its match is negated in turn. */
  #search(constraints: Constraints): RouteRequest | undefined {
    this.#attempts += 1;
    if (this.#attempts > MAX_ATTEMPTS) throw new Undecidable('too many rules overlap');
    const request = this.#requestMeeting(constraints);
    if (!request) return undefined;
    const subject = matchSubject(request, this.#regexes);
    const shadowing = this.#earlier.find(({ match }) => !firstMismatch(match, subject));
    if (!shadowing) return request;
    this.#takenBy.add(shadowing);
    for (const { variable, values, reason } of constraintsOf(this.#languages, shadowing.match)) {
      if (!values) {
        this.#undecidedReason = reason;
        continue;
      }
      const found = this.#search(this.#constrain(constraints, variable, negated(this.#languages, values)));
      if (found) return found;
    }
    return undefined;
  }

  #constrain(constraints: Constraints, variable: string, { absent, words }: Values): Constraints {
    const before = constraints.get(variable) ?? this.#domain(variable);
    const both = { absent: before.absent && absent, words: this.#languages.and(before.words, words) };
    return new Map(constraints).set(variable, both);
  }

  #domain(variable: string): Values {
    return domainOf(this.#languages, variable, authoritiesOf(this.#languages, this.#domains));
  }

  #requestMeeting(constraints: Constraints): RouteRequest | undefined {
    const chosen = new Map<string, string>();
    for (const [variable, values] of constraints) {
      const value = this.#choose(values, this.#preferred(variable));
      if (value === undefined) return undefined;
      if (value !== ABSENT) chosen.set(variable, value);
    }
    const { port, scheme, authority, paths } = this.#template;
    const named = [...chosen].filter(([name]) => name !== 'path' && !name.startsWith(':'));
    const query = named.filter(([name]) => name.startsWith('?'));
    const search = query.map(([name, value]) => `${name.slice(1)}=${value}`).join('&');
    return {
      port,
      method: chosen.get(':method') ?? 'GET',
      scheme: (chosen.get(':scheme') ?? scheme) === 'https' ? 'https' : 'http',
      authority: chosen.get(':authority') ?? authority,
      path: (chosen.get('path') ?? paths[0] ?? '/') + (search === '' ? '' : `?${search}`),
      headers: Object.fromEntries(named.filter(([name]) => !name.startsWith('?'))),
    };
  }

  #preferred(variable: string): (string | typeof ABSENT)[] {
    switch (variable) {
      case 'path':
        return [...this.#template.paths];
      case ':method':
        return METHODS;
      case ':scheme':
        return [this.#template.scheme];
      case ':authority':
        return [this.#template.authority];
      default:
        return [ABSENT, ANY_VALUE];
    }
  }

  /** Returns one of the values, a preferred one if possible; undefined when there is none. */
  #choose(
    { absent, words }: Values,
    preferred: readonly (string | typeof ABSENT)[],
  ): string | typeof ABSENT | undefined {
    const first = preferred.find((value) => (value === ABSENT ? absent : this.#contains(words, value)));
    return first ?? shortestWord(this.#languages, words);
  }

  #contains(words: Values['words'], word: string): boolean {
    let left = words;
    for (const character of word) left = this.#languages.derivative(left, character.codePointAt(0) ?? 0);
    return this.#languages.isNullable(left);
  }
}
