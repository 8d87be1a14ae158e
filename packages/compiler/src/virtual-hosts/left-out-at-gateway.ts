import { hostCovers, hostSpecificity, type Gateway, type VirtualService } from '@bookinfo/rules';
import type { Route, RuleSource } from '@bookinfo/routing';
import { describePlace, fullHosts, placeOf, type LeaveOut, type LeftOut } from '../left-out.js';
import { gatewayName } from '../virtual-service/gateway-name.js';
import type { GatewayProxy } from './gateway-proxies.js';
import { selects } from './gateway-selection.js';
import type { SkippedServer } from './gateway-servers.js';
import { hostOf, sharedHosts } from './shared-hosts.js';

/** Returns true when the VirtualService names this Gateway. */
export function isBoundTo({ metadata, spec }: VirtualService, gateway: Gateway): boolean {
  return spec.gateways.some((reference) => gatewayName(reference, metadata.namespace) === nameOf(gateway));
}

/** Leaves out the VirtualServices that no Gateway of the proxy takes. */
export function leaveOutAtGateway(
  rules: readonly VirtualService[],
  all: readonly Gateway[],
  { selected, proxies }: { selected: ReadonlySet<Gateway>; proxies: readonly GatewayProxy[] },
  leaveOut: LeaveOut,
): void {
  for (const rule of rules) {
    const { metadata, spec } = rule;
    const hosts = fullHosts(rule);
    const whole = { hosts, isWhole: true };
    if (hosts.length > 0 && spec.gateways.every((gateway) => gateway === 'mesh'))
      leaveOut({
        ...whole,
        code: 'not-for-gateway',
        ...placeOf(rule, ['spec', 'gateways']),
        reason: 'it names no Gateway, so that only sidecars have it',
      });
    const bound: Gateway[] = [];
    for (const [index, reference] of spec.gateways.entries()) {
      const name = gatewayName(reference, metadata.namespace);
      if (name === 'mesh') continue;
      const gateway = all.find((each) => nameOf(each) === name);
      const place = placeOf(rule, ['spec', 'gateways', index]);
      if (!gateway)
        leaveOut({ ...whole, code: 'unknown-gateway', ...place, reason: `there is no Gateway ${name}` });
      else if (selected.has(gateway)) bound.push(gateway);
      else leaveOut({ ...whole, ...place, ...selectorReason(gateway, proxies) });
    }
    for (const [index, host] of bound.length > 0 ? hosts.entries() : []) {
      const only = { ...rule, spec: { ...spec, hosts: [host] } };
      if (bound.some((gateway) => exposes(gateway, only))) continue;
      const written = bound.flatMap((gateway) => gateway.spec.servers.flatMap((server) => server.hosts));
      const withCapitals = written.map(hostOf).filter((each) => /[A-Z]/.test(each));
      const alike = withCapitals.find((each) => hostCovers(each.toLowerCase(), host));
      const capital =
        alike === undefined
          ? ''
          : ` (write ${alike} in lower case, which is how Istio reads the hosts of a VirtualService)`;
      const described = bound.map(
        (gateway) =>
          `Gateway ${describeGateway(gateway)} has the hosts [${gateway.spec.servers.flatMap((server) => server.hosts).join(', ')}]`,
      );
      leaveOut({
        code: 'gateway-hosts',
        ...placeOf(rule, ['spec', 'hosts', index]),
        hosts: [host],
        isWhole: true,
        reason: `${described.join(' and ')}, none of which covers ${host}${capital}`,
      });
    }
  }
}

/** Leaves out the VirtualServices for hosts of servers that the proxy lacks. */
export function leaveOutSkipped(
  skipped: readonly SkippedServer[],
  rules: readonly VirtualService[],
  leaveOut: LeaveOut,
): void {
  for (const { server, reason } of skipped) {
    if (server.kind !== 'Istio') continue;
    const { gateway, origin } = server;
    for (const rule of rules.filter((each) => isBoundTo(each, gateway))) {
      const hosts = [...sharedHosts(rule, server.server, gateway.metadata.namespace)];
      if (hosts.length > 0)
        leaveOut({
          code: 'gateway-server-conflict',
          ...placeOf(rule, ['spec', 'gateways']),
          hosts,
          port: server.port,
          isWhole: true,
          reason: `${origin.file}:${origin.line} is no server of the gateway: ${reason}`,
        });
    }
  }
}

/** Leaves out the rules of hosts that redirect to https, and for each host those of the less specific ones. */
export function leaveOutBehindOthers(
  routesByHost: ReadonlyMap<string, readonly Route[]>,
  redirects: ReadonlyMap<string, Route>,
  leaveOut: LeaveOut,
): void {
  for (const [host, routes] of routesByHost) {
    const redirect = redirects.get(host)?.rule;
    for (const rule of redirect ? rulesOf(routes) : [])
      leaveOut({
        code: 'https-redirect',
        ...rule,
        hosts: [host],
        isWhole: false,
        reason: `${redirect && describePlace(redirect)} redirects every request to https`,
      });
    const [winner] = rulesOf(routes);
    for (const [other, others] of winner ? routesByHost : []) {
      const isLessSpecific = hostCovers(other, host) && hostSpecificity(other) < hostSpecificity(host);
      for (const rule of isLessSpecific ? onePerResource(rulesOf(others)) : [])
        leaveOut({
          code: 'less-specific-host',
          ...rule,
          hosts: [other],
          forHost: host,
          ...(winner && { winner }),
          isWhole: false,
          reason: `its host ${other} covers ${host}, but ${winner && describePlace(winner)} has the more specific host ${host}, and requests that match none of its rules do not fall through`,
        });
    }
  }
}

function selectorReason(
  gateway: Gateway,
  proxies: readonly GatewayProxy[],
): Pick<LeftOut, 'code' | 'reason'> {
  const selected = proxies.find(({ client }) => selects(gateway, client));
  return selected
    ? { code: 'another-gateway', reason: `Gateway ${nameOf(gateway)} is for ${selected.name}` }
    : {
        code: 'gateway-selector',
        reason: `the selector of Gateway ${nameOf(gateway)} selects no gateway of this mesh`,
      };
}

function exposes({ spec, metadata }: Gateway, rule: VirtualService): boolean {
  return spec.servers.some((server) => sharedHosts(rule, server, metadata.namespace).size > 0);
}

function rulesOf(routes: readonly Route[]): RuleSource[] {
  return routes.flatMap(({ rule }) => rule ?? []);
}

/** Returns the first rule of each resource. */
function onePerResource(rules: readonly RuleSource[]): RuleSource[] {
  return [...Map.groupBy(rules, ({ resource }) => resource).values()].flatMap(([first]) => first ?? []);
}

function nameOf({ metadata }: Gateway): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function describeGateway(gateway: Gateway): string {
  const { file, line } = gateway.source.start;
  return `${nameOf(gateway)} (${file}:${line})`;
}
