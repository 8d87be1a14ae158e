import { describePlace, isCatchAll, type LeftOut } from '@bookinfo/compiler';
import { firstMismatch, matchSubject, Regexes, rootResource, type RouteLookup } from '@bookinfo/routing';
import { hostCovers, resolveHost } from '@bookinfo/rules';
import type { LeftOutRule } from './explanation.js';
import type { Probe } from './probe.js';
import { isOfVirtualService } from './virtual-service-route.js';

/** Returns the rules that have the host of the request, or cover it, and were not considered, with the compiler's reasons. */
export function leftOutOf(probe: Probe, lookup: RouteLookup): LeftOutRule[] {
  const all = [...probe.leftOut.filter((each) => isAbout(each, probe, lookup)), ...laterRules(lookup)];
  const rows = all.map(({ code, resource, origin: { file, line }, delegatedBy, reason }): LeftOutRule => {
    const by = delegatedBy && {
      delegatedBy: { resource: delegatedBy.resource, name: '', ...placeOf(delegatedBy.origin) },
    };
    return { resource, name: '', file, line, ...by, code, reason };
  });
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

function placeOf({ file, line }: LeftOut['origin']): { file: string; line: number } {
  return { file, line };
}

function isAbout(
  { code, resource, origin, delegatedBy, hosts, forHost, port, isWhole }: LeftOut,
  { client, request }: Probe,
  { virtualHost, route }: RouteLookup,
): boolean {
  const found = virtualHost?.name.replace(/:\d+$/, '');
  const [called = ''] = request.authority.toLowerCase().split(':');
  const names = [called, resolveHost(called, client.namespace), ...(found === undefined ? [] : [found])];
  // `*` is the host of nearly every ingress; it says nothing about this one.
  const isAny = hosts.every((host) => host === '*');
  if (isAny && (code === 'not-for-mesh' || (code === 'less-specific-host' && route))) return false;
  if (!hosts.some((host) => names.some((name) => hostCovers(host, name)))) return false;
  if (virtualHost && forHost !== undefined && forHost !== found) return false;
  if (virtualHost && port !== undefined && client.kind === 'sidecar' && port !== request.port) return false;
  // What one Gateway or port leaves out may be in force by another.
  return !virtualHost?.routes.some(({ rule }) =>
    isWhole
      ? resource === rule?.resource || resource === rule?.delegatedBy?.resource
      : isSame(origin, rule?.origin) && isSame(delegatedBy?.origin, rule?.delegatedBy?.origin),
  );
}

function isSame(one: LeftOut['origin'] | undefined, other: LeftOut['origin'] | undefined): boolean {
  return one?.file === other?.file && one?.line === other?.line && one?.column === other?.column;
}

/** Returns the rules of younger VirtualServices of a gateway's host that match the request too, one for each. */
function laterRules({ virtualHost, route, request }: RouteLookup): LeftOut[] {
  if (!virtualHost || !route || !isOfVirtualService(route)) return [];
  const { rule } = route;
  const subject = matchSubject(request, new Regexes());
  const later = virtualHost.routes
    .slice(virtualHost.routes.indexOf(route) + 1)
    .filter(isOfVirtualService)
    .filter((each) => rootResource(each.rule) !== rootResource(rule))
    .filter((each) => isCatchAll(each.match) === isCatchAll(route.match))
    .filter((each) => !firstMismatch(each.match, subject));
  return [...Map.groupBy(later, (each) => rootResource(each.rule)).values()].flatMap(([first]): LeftOut[] =>
    first
      ? [
          {
            code: 'creation-order',
            ...first.rule,
            hosts: [],
            isWhole: false,
            reason: `it matches too, but ${describePlace(rule)} is older (or its VirtualService is first by name among those of one moment)`,
          },
        ]
      : [],
  );
}
