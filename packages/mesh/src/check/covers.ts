import type { HeaderMatch, PathMatch, RouteMatch, StringMatch } from '../compile/route-match.js';

/**
 * Whether every request that meets `inner` also meets `outer`, so that behind `outer` the rule is never reached. Exact
 * for exact values, prefixes and presence; of regular expressions it is known only that each covers itself.
 */
export function covers(outer: RouteMatch, inner: RouteMatch): boolean {
  return (
    pathCovers(outer.path, inner.path) &&
    outer.headers.every((wanted) => inner.headers.some((given) => headerCovers(wanted, given))) &&
    outer.queryParameters.every((wanted) =>
      inner.queryParameters.some(
        (given) => given.name === wanted.name && valueCovers(wanted.value, given.value),
      ),
    )
  );
}

function pathCovers(outer: PathMatch | undefined, inner: PathMatch | undefined): boolean {
  if (!outer || (outer.kind === 'prefix' && outer.value === '/')) return true;
  if (!inner) return false;
  if (outer.kind === 'regex' || inner.kind === 'regex')
    return outer.kind === inner.kind && outer.value === inner.value;
  if (inner.ignoreCase && !outer.ignoreCase) return false;
  const [wide, narrow] = outer.ignoreCase
    ? [outer.value.toLowerCase(), inner.value.toLowerCase()]
    : [outer.value, inner.value];
  switch (outer.kind) {
    case 'exact':
      return inner.kind === 'exact' && wide === narrow;
    case 'prefix':
      return narrow.startsWith(wide);
    case 'path-separated-prefix':
      return inner.kind === 'prefix' ? narrow.startsWith(`${wide}/`) : isBelow(narrow, wide);
  }
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function headerCovers(outer: HeaderMatch, inner: HeaderMatch): boolean {
  if (outer.name !== inner.name || outer.invert !== inner.invert) return false;
  // An absent header is the empty text there, which a pattern may match.
  if (outer.invert && inner.value.kind === 'present' && outer.value.kind !== 'present')
    return outer.missingAsEmpty && outer.value.kind !== 'regex' && outer.value.value !== '';
  // What is left out by an inverted match is compared the other way round.
  return outer.invert ? valueCovers(inner.value, outer.value) : valueCovers(outer.value, inner.value);
}

type Value = StringMatch | { kind: 'present' };

function valueCovers(outer: Value, inner: Value): boolean {
  if (outer.kind === 'present') return true;
  if (inner.kind === 'present') return false;
  if (outer.kind === 'regex' || inner.kind === 'regex')
    return outer.kind === inner.kind && outer.value === inner.value;
  if (outer.kind === 'exact') return inner.kind === 'exact' && inner.value === outer.value;
  return inner.value.startsWith(outer.value);
}
