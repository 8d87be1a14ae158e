import type { RouteMatch } from '../route-table/route-match.js';
import type { Route } from '../route-table/route-table.js';
import { firstMismatch, headerValue, type MatchSubject } from './match.js';

/** Part of a request that can be compared with an exact text, such as its path or one header. */
interface Key {
  /** Equal for equal parts. */
  id: string;
  textOf: (subject: MatchSubject) => string | undefined;
}

/** A text without which a route does not match. */
interface RequiredText extends Key {
  text: string;
}

/** Positions of routes, in order, by the text that they require at one key. */
interface Bucket extends Key {
  positions: Map<string, number[]>;
}

/** Required text of a route that can match any request. */
const NOTHING: RequiredText = { id: '', textOf: () => '', text: '' };

/**
 * Finds the first matching route of a virtual host. Only routes are tried whose exact path, prefix or exact header the
 * request has, so the cost grows with the routes that the request may match: a thousand rules for a thousand users are one
 * look-up.
 */
export class RouteIndex {
  readonly #routes: readonly Route[];
  readonly #buckets: readonly Bucket[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes;
    this.#buckets = bucketsOf(routes);
  }

  /** Returns the position of the first route that matches, undefined when there is none. */
  find(subject: MatchSubject): number | undefined {
    let first: number | undefined;
    for (const { textOf, positions } of this.#buckets) {
      const text = textOf(subject);
      const candidates = text === undefined ? undefined : positions.get(text);
      if (!candidates) continue;
      for (const candidate of candidates) {
        if (first !== undefined && candidate > first) break;
        if (this.#matches(candidate, subject)) {
          first = candidate;
          break;
        }
      }
    }
    return first;
  }

  #matches(position: number, subject: MatchSubject): boolean {
    const route = this.#routes[position];
    return route !== undefined && firstMismatch(route.match, subject) === undefined;
  }
}

/** Puts each route into one bucket, by the required text that it shares with the fewest others. */
function bucketsOf(routes: readonly Route[]): Bucket[] {
  const required = routes.map(({ match }) => requiredTexts(match));
  const counts = new Map<string, number>();
  const countOf = (text: RequiredText): number => counts.get(mapKey(text)) ?? 0;
  for (const text of required.flat()) counts.set(mapKey(text), countOf(text) + 1);
  const buckets = new Map<string, Bucket>();
  for (const [position, texts] of required.entries()) {
    const [rarest = NOTHING] = texts.toSorted((a, b) => countOf(a) - countOf(b));
    const { id, textOf, text } = rarest;
    let bucket = buckets.get(id);
    if (!bucket) buckets.set(id, (bucket = { id, textOf, positions: new Map() }));
    const sameText = bucket.positions.get(text);
    if (sameText) sameText.push(position);
    else bucket.positions.set(text, [position]);
  }
  return [...buckets.values()];
}

function mapKey({ id, text }: RequiredText): string {
  return `${id} ${text}`;
}

function requiredTexts({ path, headers }: RouteMatch): RequiredText[] {
  // A match that takes an absent header for an empty one also matches requests that have no text at this key.
  const texts = headers.flatMap(({ name, value, invert, missingAsEmpty }): RequiredText[] =>
    value.kind === 'exact' && !invert && !missingAsEmpty
      ? [{ id: `header ${name}`, textOf: (subject) => headerValue(name, subject), text: value.value }]
      : [],
  );
  if (path && path.kind !== 'regex') texts.push(requiredPath(path.kind, path.value, path.ignoreCase));
  return texts;
}

function requiredPath(
  kind: 'exact' | 'prefix' | 'path-separated-prefix',
  value: string,
  ignoreCase: boolean,
): RequiredText {
  const length = kind === 'exact' ? Infinity : value.length;
  return ignoreCase
    ? {
        id: `path/i ${length}`,
        textOf: ({ path }) => path.toLowerCase().slice(0, length),
        text: value.toLowerCase(),
      }
    : { id: `path ${length}`, textOf: ({ path }) => path.slice(0, length), text: value };
}
