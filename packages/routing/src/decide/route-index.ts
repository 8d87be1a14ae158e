import type { RouteMatch } from '../route-table/route-match.js';
import type { Route, VirtualHost } from '../route-table/route-table.js';
import { firstMismatch, headerValue, type MatchSubject } from './match.js';

/** Routes that ask for one exact text at the same place of a request: their numbers by that text, in order. */
interface Bucket {
  textOf: (subject: MatchSubject) => string | undefined;
  routes: Map<string, number[]>;
}

/** Where a route can be found: it holds for no request that has another text there. */
interface Place {
  /** Equal for equal places. */
  id: string;
  textOf: Bucket['textOf'];
  text: string;
}

const ANYWHERE: Place = { id: '', textOf: () => '', text: '' };

const indexes = new WeakMap<readonly Route[], Bucket[]>();

/**
 * The number of the first route that the request matches; undefined when there is none. Only routes are tried whose
 * exact path, prefix or exact header the request has, so that the cost grows with what the request touches: a
 * thousand rules for a thousand users are one look-up.
 */
export function findRoute(virtualHost: VirtualHost, subject: MatchSubject): number | undefined {
  const { routes: all } = virtualHost;
  let buckets = indexes.get(all);
  if (!buckets) indexes.set(all, (buckets = indexRoutes(all)));
  let first: number | undefined;
  for (const { textOf, routes } of buckets) {
    const text = textOf(subject);
    const candidates = text === undefined ? undefined : routes.get(text);
    if (!candidates) continue;
    for (const candidate of candidates) {
      if (first !== undefined && candidate > first) break;
      if (holds(virtualHost.routes[candidate], subject)) {
        first = candidate;
        break;
      }
    }
  }
  return first;
}

function holds(route: Route | undefined, subject: MatchSubject): boolean {
  return route !== undefined && firstMismatch(route.match, subject) === undefined;
}

/** Each route stands in one bucket: at that of its places which it shares with the fewest others. */
function indexRoutes(routes: readonly Route[]): Bucket[] {
  const places = routes.map(({ match }) => placesOf(match));
  const sharedBy = new Map<string, number>();
  for (const place of places.flat()) sharedBy.set(keyOf(place), (sharedBy.get(keyOf(place)) ?? 0) + 1);
  const buckets = new Map<string, Bucket>();
  for (const [index, candidates] of places.entries()) {
    const [rarest = ANYWHERE] = candidates.toSorted(
      (a, b) => (sharedBy.get(keyOf(a)) ?? 0) - (sharedBy.get(keyOf(b)) ?? 0),
    );
    let bucket = buckets.get(rarest.id);
    if (!bucket) buckets.set(rarest.id, (bucket = { textOf: rarest.textOf, routes: new Map() }));
    const sameText = bucket.routes.get(rarest.text);
    if (sameText) sameText.push(index);
    else bucket.routes.set(rarest.text, [index]);
  }
  return [...buckets.values()];
}

function keyOf({ id, text }: Place): string {
  return `${id} ${text}`;
}

function placesOf({ path, headers }: RouteMatch): Place[] {
  // One that takes an absent header for an empty one would be looked for where there is none.
  const places = headers.flatMap(({ name, value, invert, missingAsEmpty }): Place[] =>
    value.kind === 'exact' && !invert && !missingAsEmpty
      ? [{ id: `header ${name}`, textOf: (subject) => headerValue(name, subject), text: value.value }]
      : [],
  );
  if (path && path.kind !== 'regex') places.push(pathPlace(path.kind, path.value, path.ignoreCase));
  return places;
}

function pathPlace(
  kind: 'exact' | 'prefix' | 'path-separated-prefix',
  value: string,
  ignoreCase: boolean,
): Place {
  const length = kind === 'exact' ? Infinity : value.length;
  return ignoreCase
    ? {
        id: `path/i ${length}`,
        textOf: ({ path }) => path.toLowerCase().slice(0, length),
        text: value.toLowerCase(),
      }
    : { id: `path ${length}`, textOf: ({ path }) => path.slice(0, length), text: value };
}
