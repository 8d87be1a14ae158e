import { gatewayName } from '@bookinfo/compiler';
import {
  type Model,
  resolveHost,
  type IstioHTTPRoute,
  isOfKind,
  originOf,
  type VirtualService,
} from '@bookinfo/rules';
import type { Finding } from './finding.js';

type Warn = (path: (string | number)[], message: string) => void;

/** What stands in a VirtualService and names nobody, or has no effect. */
export function virtualServiceFindings(rule: VirtualService, model: Model): Finding[] {
  const findings: Finding[] = [];
  const warn: Warn = (path, message) =>
    void findings.push({ level: 'warning', origin: originOf(rule, path), message });
  warnOfGateways(rule, model, warn);
  warnOfHosts(rule, model, warn);
  for (const [index, http] of rule.spec.http.entries()) {
    const path = ['spec', 'http', index];
    warnOfPorts(http, rule, model, path, warn);
    warnOfFault(http, path, warn);
    warnOfWeights(http, path, warn);
  }
  return findings;
}

function warnOfGateways({ metadata, spec }: VirtualService, { resources }: Model, warn: Warn): void {
  const known = resources
    .filter((resource) => isOfKind(resource, 'Gateway'))
    .map((gateway) => `${gateway.metadata.namespace}/${gateway.metadata.name}`);
  for (const [index, reference] of spec.gateways.entries()) {
    const name = gatewayName(reference, metadata.namespace);
    if (name !== 'mesh' && !known.includes(name))
      warn(['spec', 'gateways', index], `there is no Gateway ${name}`);
  }
}

/** A host that no Service has is routed at port 80 alone; through a gateway any host may come. */
function warnOfHosts({ metadata, spec }: VirtualService, { registry }: Model, warn: Warn): void {
  if (!spec.gateways.includes('mesh')) return;
  for (const [index, host] of spec.hosts.entries()) {
    if (host.includes('*') || registry.service(host, metadata.namespace)) continue;
    warn(
      ['spec', 'hosts', index],
      `no Service or ServiceEntry has the host ${resolveHost(host, metadata.namespace)}`,
    );
  }
}

function warnOfPorts(
  { match }: IstioHTTPRoute,
  { metadata, spec }: VirtualService,
  { registry }: Model,
  path: (string | number)[],
  warn: Warn,
): void {
  if (!spec.gateways.includes('mesh')) return;
  for (const [index, { port, gateways }] of match.entries()) {
    if (port === undefined || (gateways.length > 0 && !gateways.includes('mesh'))) continue;
    const services = spec.hosts.flatMap((host) => registry.service(host, metadata.namespace) ?? []);
    const ports = new Set(services.flatMap((service) => service.ports.map(({ number }) => number)));
    if (services.length > 0 && !ports.has(port))
      warn(
        [...path, 'match', index, 'port'],
        `${spec.hosts.join(', ')} has no port ${port} (it has ${[...ports].join(', ')})`,
      );
  }
}

function warnOfFault({ fault }: IstioHTTPRoute, path: (string | number)[], warn: Warn): void {
  if (fault?.delay && fault.delay.percentage === undefined && fault.delay.percent === undefined)
    warn([...path, 'fault', 'delay'], 'without a percentage this delay happens to nobody');
  if (fault?.abort && fault.abort.percentage === undefined)
    warn([...path, 'fault', 'abort'], 'without a percentage this abort happens to nobody');
}

function warnOfWeights({ route }: IstioHTTPRoute, path: (string | number)[], warn: Warn): void {
  const [only, ...others] = route;
  if (only?.weight !== undefined && only.weight !== 100 && others.length === 0) {
    const message = `a destination that is the only one gets everything, whatever its weight (${only.weight})`;
    warn([...path, 'route', 0, 'weight'], message);
    return;
  }
  if (others.length === 0) return;
  const total = route.reduce((sum, { weight = 0 }) => sum + weight, 0);
  for (const [index, { weight = 0, destination }] of route.entries())
    if (weight === 0)
      warn(
        [...path, 'route', index],
        `${destination.subset ?? destination.host} gets nothing: its weight is 0 or left out`,
      );
  if (total !== 100) {
    const shares = route.map(({ weight = 0 }) => `${Number(((weight / total) * 100).toFixed(2))} %`);
    warn([...path, 'route'], `the weights add up to ${total}: the shares are ${shares.join(', ')}`);
  }
}
