import type { Client, Model } from '@bookinfo/rules';
import type { ForwardAction, Route, RouteTable } from '@bookinfo/routing';
import type { Application } from '../application/application.js';
import { missingCluster } from '../explain/missing-cluster.js';
import { describeProbe, unreachableReason } from '../reach/describe-reach.js';
import { missingRules } from '../reach/missing-rules.js';
import type { ProxyRoutes } from '../reach/proxies.js';
import { originKey, ruleRequests, type RuleRequest } from '../reach/rule-requests.js';
import { destinationFindings } from './destination-findings.js';
import type { Finding } from './finding.js';

type Statement = Omit<Finding, 'origin'>;

/** Returns for every rule a request that reaches it or the reason why none does, and the shares that reach no backend. */
export function ruleFindings(
  proxies: readonly ProxyRoutes[],
  model: Model,
  application: Application,
  files: ReadonlySet<string>,
): Finding[] {
  const byRule = Map.groupBy(ruleRequests(proxies, model, application, files), ({ rule }) => originKey(rule));
  return [
    ...missingRules(proxies, model, files).flatMap(({ causes }) =>
      causes.map((cause): Finding => ({ ...cause, level: 'warning' })),
    ),
    ...[...byRule.values()].flatMap((views) => findingsOf(views, model)),
  ];
}

/** When the gateway or a sidecar reaches the rule, the proxies where no request reaches it do not matter. */
function findingsOf(views: readonly RuleRequest[], model: Model): Finding[] {
  const reached = views.filter(({ reach }) => reach.kind === 'reached');
  return (reached.length > 0 ? reached : views).flatMap((view): Finding[] => {
    const { route, table, client, rule } = view;
    const statements = [...routeStatements(route, table, client, model), reachStatement(view)];
    return [
      ...destinationFindings(route, table, client, model),
      ...statements.map((statement) => ({ ...statement, origin: rule.origin })),
    ];
  });
}

function reachStatement(view: RuleRequest): Statement {
  if (view.probe)
    return { level: 'note', code: 'witness', message: `reached by ${describeProbe(view.probe.sent)}` };
  const message = unreachableReason(view);
  switch (view.reach.kind) {
    case 'unreachable':
      return { level: 'warning', code: 'unreachable', message };
    case 'undecided':
      return { level: 'note', code: 'undecided', message };
    case 'reached':
      return { level: 'note', code: 'unsendable', message };
  }
}

/** Returns what is wrong with a route's mirrors and its load balancing. */
function routeStatements(
  { action, rule }: Route,
  { clusters }: RouteTable,
  client: Client,
  model: Model,
): Statement[] {
  if (action.kind !== 'forward') return [];
  const unmirrored = action.mirrors.flatMap(({ cluster }): Statement[] => {
    if (clusters.has(cluster)) return [];
    const { code, reason } = missingCluster(cluster, rule, model, client);
    return [{ level: 'warning', code, message: `${reason}: no request is mirrored` }];
  });
  return [...unmirrored, ...hashStatements(action)];
}

/** Istio draws the destination before a load balancer hashes, so a key may meet another subset at each request. */
function hashStatements({ weightedClusters, hashPolicies }: ForwardAction): Statement[] {
  if (weightedClusters.length < 2 || hashPolicies.length === 0) return [];
  const message =
    'the destination is drawn by weight anew for each request, and consistentHash only picks a pod within it: the same key may meet several destinations';
  return [{ level: 'warning', code: 'hash-within-subset', message }];
}
