import { describePlace, type LeftOut, type LeftOutCode } from '@bookinfo/compiler';
import type { Model, Registry } from '@bookinfo/rules';
import { didYouMeanHost } from '../explain/did-you-mean-host.js';
import { causeOf } from '../reach/missing-rules.js';
import type { CalledHost, ProxyRoutes } from '../reach/proxies.js';
import type { Finding } from './finding.js';

/** The causes that are worth a finding even where another proxy has the rule, with the level. */
const LEVELS: Partial<Record<LeftOutCode, Finding['level']>> = {
  'gateway-hosts': 'warning',
  'gateway-selector': 'warning',
  'gateway-server-conflict': 'warning',
  'http-route-first': 'warning',
  'https-redirect': 'warning',
  'less-specific-host': 'note',
  'missing-delegate': 'warning',
  'not-accepted': 'warning',
  'not-for-mesh': 'warning',
  'older-rule': 'warning',
  'port-not-http': 'warning',
  'unknown-gateway': 'warning',
  'unknown-host': 'warning',
  'delegate-does-not-fit': 'note',
};

/** Returns findings about the rules that some proxy lacks, by the reasons that the compiler gave. */
export function leftOutFindings(proxies: readonly ProxyRoutes[], model: Model): Finding[] {
  return proxies.flatMap((proxy) =>
    proxy.leftOut.flatMap((each) => {
      const level = LEVELS[each.code];
      if (!level || !isTelling(each, proxy, model)) return [];
      const suggestion =
        each.code === 'unknown-host' ? didYouMeanHost(each.hosts[0] ?? '', model.registry) : '';
      const { message, ...rest } = finding(each);
      return [{ ...rest, level, message: message + suggestion }, ...findingAboutWinner(each)];
    }),
  );
}

function finding(leftOut: LeftOut): Omit<Finding, 'level'> {
  const { code, origin, delegatedBy, reason } = leftOut;
  if (code === 'less-specific-host') return { code, origin, message: reason };
  if (code !== 'delegate-does-not-fit') return causeOf(leftOut);
  const below = delegatedBy ? ` below ${delegatedBy.origin.file}:${delegatedBy.origin.line}` : '';
  return { code, origin, message: `this rule does not apply${below}: ${reason}` };
}

/**
 * A rule for gateways alone is a likely mistake only when its host is a Service, a port of another protocol only where the
 * host has none that carries the rules; a wildcard covers Services by chance.
 */
function isTelling(leftOut: LeftOut, { called }: ProxyRoutes, { registry }: Model): boolean {
  const { code, hosts } = leftOut;
  if (code === 'port-not-http') return !called.some((at) => carriesRules(at, leftOut, registry));
  if (code === 'not-for-mesh') return hosts.some((host) => registry.service(host, '')?.resolution === 'PODS');
  return code !== 'unknown-host' || !hosts.every((host) => host.startsWith('*'));
}

/** Returns true for a port of the host where the resource has rules. Port 80 has them even where the host lacks it. */
function carriesRules(
  { virtualHost, port }: CalledHost,
  { resource, forHost = '' }: LeftOut,
  registry: Registry,
): boolean {
  return (
    virtualHost.name === `${forHost}:${port}` &&
    registry.service(forHost, '')?.ports.some((each) => each.number === port) === true &&
    virtualHost.routes.some(({ rule }) => rule?.resource === resource)
  );
}

/** The resource that applies instead has the same conflict, seen from the other side. */
function findingAboutWinner({ code, winner, hosts, resource, origin }: LeftOut): Finding[] {
  if (!winner || (code !== 'older-rule' && code !== 'http-route-first')) return [];
  const message = `${describePlace({ resource, origin })} has the host ${hosts.join(', ')} too and is left out: this one comes first`;
  return [{ level: 'warning', code, origin: winner.origin, message }];
}
