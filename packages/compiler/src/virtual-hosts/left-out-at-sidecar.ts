import type { RegisteredService, Registry } from '@bookinfo/rules';
import { DEFAULT_PORTS } from '@bookinfo/routing';
import { describePlace, type LeaveOut, type LeftOut } from '../left-out.js';
import type { HostRules } from './host-rules.js';
import type { HostsIndex } from './hosts-index.js';
import type { Listener, ProxyView } from './listener.js';
import { isServed } from './services-at.js';

/**
 * Leaves out the rules for hosts that no Service has at any port, or none that is imported, and those of their routes that
 * port 80 lacks.
 */
export function leaveOutUnknownHosts(rules: readonly HostRules[], view: ProxyView): void {
  const port = DEFAULT_PORTS.http;
  const imported = servicesByHost(view.registry);
  const visible = servicesByHost(view.visible);
  const sidecar = view.imports.place;
  for (const { host, place, withoutService, routesAt } of rules) {
    if (isServed(host, imported)) continue;
    const where = withoutService ? `, so that sidecars have it at port ${port} only` : '';
    const [code, reason] =
      sidecar && isServed(host, visible)
        ? (['not-imported', `${describePlace(sidecar)} does not import the Service of ${host}`] as const)
        : (['unknown-host', `no Service or ServiceEntry has the host ${host}`] as const);
    view.leaveOut?.({ code, ...place, hosts: [host], isWhole: true, reason: `${reason}${where}` });
    if (withoutService) routesAt({ ...view, gateway: 'mesh', port });
  }
}

function servicesByHost({ services }: Registry): Map<string, RegisteredService> {
  return new Map(services.map((service) => [service.host, service]));
}

/** Leaves out the rules for a port that is not HTTP. */
export function leaveOutAtOtherProtocol(
  rules: readonly HostRules[],
  { host: forHost }: RegisteredService,
  { port, leaveOut }: Listener,
): void {
  for (const { host, place } of leaveOut ? rules : [])
    leaveOut?.({
      code: 'port-not-http',
      ...place,
      hosts: [host],
      forHost,
      port,
      isWhole: true,
      reason: `port ${port} of ${forHost} is not HTTP, and HTTP rules do not apply to other protocols`,
    });
}

/** Leaves out the rules that come after the ones that apply to a host. */
export function leaveOutLater(
  later: readonly HostRules[],
  first: HostRules,
  forHost: string,
  { port, leaveOut }: Listener,
): void {
  for (const other of leaveOut ? later : [])
    leaveOut?.({
      ...laterRule(other, first),
      ...other.place,
      hosts: [other.host],
      forHost,
      port,
      winner: first.place,
      isWhole: true,
    });
}

/** Returns the reason why the rules of one resource come after those of another for the same host. */
function laterRule(later: HostRules, first: HostRules): Pick<LeftOut, 'code' | 'reason'> {
  const winner = describePlace(first.place);
  if (first.place.resource.startsWith('HTTPRoute/') && !later.place.resource.startsWith('HTTPRoute/'))
    return {
      code: 'http-route-first',
      reason: `${winner} has the Service ${first.host} too, and HTTPRoutes come before VirtualServices`,
    };
  const cause = first.age < later.age ? 'comes first by age' : 'is exported to fewer namespaces';
  return {
    code: 'older-rule',
    reason: `${winner} has the host ${first.host} too and ${cause}, and sidecars apply one resource for each host`,
  };
}

/** Leaves out the rules for less specific hosts that cover the host of a Service. */
export function leaveOutLessSpecific(host: string, byHost: HostsIndex<HostRules>, leaveOut: LeaveOut): void {
  const [winner] = byHost.mostSpecific(host);
  if (!winner) return;
  for (const other of byHost.lessSpecific(host))
    leaveOut({
      code: 'less-specific-host',
      ...other.place,
      hosts: [other.host],
      forHost: host,
      winner: winner.place,
      isWhole: true,
      reason: `its host ${other.host} covers ${host}, but ${describePlace(winner.place)} has the more specific host ${winner.host}, and requests that match none of its rules do not fall through`,
    });
}
