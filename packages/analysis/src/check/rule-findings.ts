import type { Model, Registry } from '@bookinfo/rules';
import type { Route, RouteTable } from '@bookinfo/routing';
import type { Application } from '../application/application.js';
import { describe, whyMissing, whyNot } from '../reach/describe-reach.js';
import { originKey, ruleRequests, type RuleRequest } from '../reach/rule-requests.js';
import { writtenRules } from '../reach/written-rules.js';
import type { Finding } from './finding.js';

/** For every rule: who reaches it, or why nobody does; and which share of its requests finds nobody. */
export function ruleFindings(model: Model, application: Application, files: ReadonlySet<string>): Finding[] {
  const byRule = Map.groupBy(ruleRequests(model, application, files), ({ rule }) => originKey(rule));
  const missing = writtenRules(model, files).filter((rule) => !byRule.has(originKey(rule)));
  return [
    ...missing.map((rule): Finding => ({ level: 'warning', origin: rule.origin, message: whyMissing(rule) })),
    ...[...byRule.values()].flatMap((views) => viewFindings(views, model.registry)),
  ];
}

/** A rule that the gateway or any sidecar can reach is reached; what is said of it elsewhere would only confuse. */
function viewFindings(views: readonly RuleRequest[], registry: Registry): Finding[] {
  const reached = views.filter(({ reach }) => reach.kind === 'reached');
  return (reached.length > 0 ? reached : views).flatMap((view): Finding[] => {
    const { origin } = view.rule;
    const unmet = unmetShares(view.route, view.table, registry).map((message): Finding => ({
      level: 'warning',
      origin,
      message,
    }));
    if (view.question) return [...unmet, { level: 'witness', origin, message: describe(view.question) }];
    const level = view.reach.kind === 'unreachable' ? 'warning' : 'undecided';
    return [...unmet, { level, origin, message: whyNot(view) }];
  });
}

/** What becomes of requests whose destination or mirror has nobody: 503, or 500 under the Gateway API. */
function unmetShares({ action }: Route, { clusters }: RouteTable, registry: Registry): string[] {
  if (action.kind !== 'forward') return [];
  const { weightedClusters, clusterNotFoundStatus, mirrors } = action;
  const total = weightedClusters.reduce((sum, { weight }) => sum + weight, 0);
  const unmet = weightedClusters.flatMap(({ name, weight }) => {
    const cluster = clusters.get(name);
    const percent = `${Number(((weight / total) * 100).toFixed(2))} %`;
    if (!cluster)
      return [`${whyNoCluster(name, registry)}: ${percent} of the requests get ${clusterNotFoundStatus}`];
    const isEmpty = cluster.type !== 'ORIGINAL_DST' && cluster.endpoints.length === 0;
    return isEmpty ? [`${nameOf(name)} has no pod: ${percent} of the requests get 503`] : [];
  });
  if (weightedClusters.length === 0)
    unmet.push(`there is no backend: all requests get ${clusterNotFoundStatus}`);
  return [
    ...unmet,
    ...mirrors.flatMap(({ cluster }) =>
      clusters.has(cluster) ? [] : [`${whyNoCluster(cluster, registry)}: nothing is mirrored`],
    ),
  ];
}

function whyNoCluster(cluster: string, registry: Registry): string {
  const [, port = '', subset = '', host = ''] = cluster.split('|');
  const service = registry.service(host, '');
  if (!service) return `no Service or ServiceEntry has the host ${host || cluster}`;
  const ports = service.ports.map(({ number }) => number);
  if (!ports.includes(Number(port))) return `${host} has no port ${port} (it has ${ports.join(', ')})`;
  return `no DestinationRule defines the subset ${subset} of ${host}`;
}

function nameOf(cluster: string): string {
  const [, , subset = '', host = ''] = cluster.split('|');
  return subset === '' ? host : `the subset ${subset} of ${host}`;
}
