import type { Model, Registry } from '@bookinfo/rules';
import type { Route, RouteTable } from '@bookinfo/routing';
import type { Application } from '../application/application.js';
import { describeProbe, missingReason, unreachableReason } from '../reach/describe-reach.js';
import { originKey, ruleRequests, type RuleRequest } from '../reach/rule-requests.js';
import { writtenRules } from '../reach/written-rules.js';
import type { Finding } from './finding.js';

/** Returns for every rule a request that reaches it or the reason why none does, and the shares that reach no backend. */
export function ruleFindings(model: Model, application: Application, files: ReadonlySet<string>): Finding[] {
  const byRule = Map.groupBy(ruleRequests(model, application, files), ({ rule }) => originKey(rule));
  const missing = writtenRules(model, files).filter((rule) => !byRule.has(originKey(rule)));
  return [
    ...missing.map((rule): Finding => ({
      level: 'warning',
      origin: rule.origin,
      message: missingReason(rule),
    })),
    ...[...byRule.values()].flatMap((views) => findingsOf(views, model.registry)),
  ];
}

/** When the gateway or a sidecar reaches the rule, the proxies where no request reaches it do not matter. */
function findingsOf(views: readonly RuleRequest[], registry: Registry): Finding[] {
  const reached = views.filter(({ reach }) => reach.kind === 'reached');
  return (reached.length > 0 ? reached : views).flatMap((view): Finding[] => {
    const { origin } = view.rule;
    const failing = failingShares(view.route, view.table, registry).map((message): Finding => ({
      level: 'warning',
      origin,
      message,
    }));
    if (view.probe)
      return [...failing, { level: 'witness', origin, message: describeProbe(view.probe.sent) }];
    const level = view.reach.kind === 'unreachable' ? 'warning' : 'undecided';
    return [...failing, { level, origin, message: unreachableReason(view) }];
  });
}

/** Returns the shares that the proxy answers with 503, or 500 under the Gateway API, and mirrors without a target. */
function failingShares({ action }: Route, { clusters }: RouteTable, registry: Registry): string[] {
  if (action.kind !== 'forward') return [];
  const { weightedClusters, clusterNotFoundStatus, mirrors } = action;
  const total = weightedClusters.reduce((sum, { weight }) => sum + weight, 0);
  const failing = weightedClusters.flatMap(({ name, weight }) => {
    const cluster = clusters.get(name);
    const percent = `${Number(((weight / total) * 100).toFixed(2))} %`;
    if (!cluster)
      return [`${noClusterReason(name, registry)}: ${percent} of the requests get ${clusterNotFoundStatus}`];
    const isEmpty = cluster.type !== 'ORIGINAL_DST' && cluster.endpoints.length === 0;
    return isEmpty ? [`${displayName(name)} has no pod: ${percent} of the requests get 503`] : [];
  });
  if (weightedClusters.length === 0)
    failing.push(`there is no backend: all requests get ${clusterNotFoundStatus}`);
  return [
    ...failing,
    ...mirrors.flatMap(({ cluster }) =>
      clusters.has(cluster) ? [] : [`${noClusterReason(cluster, registry)}: no request is mirrored`],
    ),
  ];
}

function noClusterReason(cluster: string, registry: Registry): string {
  const [, port = '', subset = '', host = ''] = cluster.split('|');
  const service = registry.service(host, '');
  if (!service) return `no Service or ServiceEntry has the host ${host || cluster}`;
  const ports = service.ports.map(({ number }) => number);
  if (!ports.includes(Number(port))) return `${host} has no port ${port} (it has ${ports.join(', ')})`;
  return `no DestinationRule defines the subset ${subset} of ${host}`;
}

function displayName(cluster: string): string {
  const [, , subset = '', host = ''] = cluster.split('|');
  return subset === '' ? host : `the subset ${subset} of ${host}`;
}
