import {
  type Cluster,
  type Endpoint,
  type ForwardAction,
  type Route,
  type RuleSource,
  Matcher,
  RouteLookup,
} from '@bookinfo/routing';
import type { Destination, ExplainedAction, Explanation, RuleReference } from './explanation.js';
import type { DestinationPolicy } from './describe-limits.js';
import { leftOutOf } from './left-out.js';
import { resolveHost } from '@bookinfo/rules';
import { didYouMeanHost } from './did-you-mean-host.js';
import { missingCluster } from './missing-cluster.js';
import type { Probe } from './probe.js';
import { versionOf } from './version-of.js';

/**
 * Explains what the mesh does with a request, and why: the rule that wins, its effect, and for every earlier rule of the
 * virtual host the first predicate that fails. Nothing is drawn at random: the explanation has the shares instead.
 */
export function explain(probe: Probe): Explanation {
  const { from, request, table } = probe;
  const lookup = new RouteLookup(new Matcher(table), request);
  const { virtualHost, route, passedOver, rewrittenPath, redirectLocation } = lookup;
  return {
    from,
    request,
    ...(virtualHost ? { virtualHost: virtualHost.name } : hintFor(probe)),
    ...(route?.rule && { rule: ruleReference(route) }),
    passedOver: passedOver.map((each) => ({ ...ruleReference(each.route), reason: each.reason })),
    leftOut: leftOutOf(probe, lookup),
    ...(route?.fault && { fault: route.fault }),
    ...(route?.cors && route.action.kind === 'forward' && { cors: route.cors }),
    ...(route?.requestHeaders && { requestHeaders: route.requestHeaders }),
    ...(route?.responseHeaders && { responseHeaders: route.responseHeaders }),
    ...(redirectLocation !== undefined && { location: redirectLocation }),
    ...(rewrittenPath !== undefined && { rewrittenPath }),
    action: actionOf(probe, lookup),
    isPreflight: lookup.preflightHeaders !== undefined,
  };
}

/** A request to a port that the Service does not have probably lacks the right port, one to an unknown host the right name. */
function hintFor({ model, client, request }: Probe): Pick<Explanation, 'hint'> {
  const { authority, port } = request;
  const [host = ''] = authority.split(':');
  const service = model.registry.service(host, client.namespace);
  if (!service) {
    const suggestion = didYouMeanHost(resolveHost(host, client.namespace), model.registry);
    return suggestion === '' ? {} : { hint: suggestion.slice(2, -1) };
  }
  const ports = service.ports.map(({ number }) => number);
  return ports.includes(port) ? {} : { hint: `${host} listens at ${ports.join(', ')}` };
}

/** The name that the position of a rule gives it in Istio says less than its file and line. */
function ruleReference({ name, rule }: Route): RuleReference {
  if (!rule) return { name };
  const [, namespace, resourceName] = rule.resource.split('/');
  const isByPosition = name.startsWith(`${namespace}.${resourceName}.`);
  return { ...sourceReference(rule), name: isByPosition ? '' : name };
}

function sourceReference({ resource, origin: { file, line }, delegatedBy }: RuleSource): RuleReference {
  const delegate = delegatedBy && { delegatedBy: sourceReference(delegatedBy) };
  return { resource, name: '', file, line, ...delegate };
}

function actionOf(probe: Probe, { virtualHost, route, hasListener }: RouteLookup): ExplainedAction {
  const { table } = probe;
  if (route) {
    const { action } = route;
    return action.kind === 'forward'
      ? { ...action, destinations: destinationsOf(probe, route, action) }
      : action;
  }
  if (virtualHost) return { kind: 'route-not-found' };
  return table.unmatchedHost === 'block' ? { kind: 'blocked', hasListener } : { kind: table.unmatchedHost };
}

function destinationsOf(
  { table, model, client }: Probe,
  { rule }: Route,
  { weightedClusters }: ForwardAction,
): Destination[] {
  const { clusters } = table;
  const total = weightedClusters.reduce((sum, { weight }) => sum + weight, 0);
  return weightedClusters.map(({ name, weight, ...edits }) => {
    const cluster = clusters.get(name);
    const share = weight / total;
    if (!cluster) {
      const { reason } = missingCluster(name, rule, model, client);
      return { ...edits, cluster: name, share, state: 'cluster-not-found', reason, endpoints: {} };
    }
    return {
      ...edits,
      cluster: name,
      share,
      state: hasEndpoints(cluster) ? 'ready' : 'no-healthy-upstream',
      lbPolicy: cluster.lbPolicy,
      policy: policyOf(cluster),
      endpoints: Object.fromEntries(
        Array.from(Map.groupBy(cluster.endpoints, versionOf), ([version, endpoints]) => [
          version,
          endpoints.map(({ pod }) => pod),
        ]),
      ),
      ...weightsOf(cluster.endpoints),
    };
  });
}

/** Returns the weights of workloads, unless all of their endpoints weigh the same. */
function weightsOf(endpoints: readonly Endpoint[]): Pick<Destination, 'weights'> {
  if (new Set(endpoints.map(({ weight }) => weight)).size < 2) return {};
  const weights: Record<string, number> = {};
  for (const endpoint of endpoints) {
    const version = versionOf(endpoint);
    weights[version] = (weights[version] ?? 0) + (endpoint.weight ?? 1);
  }
  return { weights };
}

/** An ORIGINAL_DST cluster has no endpoints of its own: it forwards to the address that the client called. */
function hasEndpoints({ type, endpoints }: Cluster): boolean {
  return type === 'ORIGINAL_DST' || endpoints.length > 0;
}

function policyOf({
  circuitBreakers,
  connectTimeoutMs,
  maxRequestsPerConnection,
  idleTimeoutMs,
  outlierDetection,
  tls,
}: Cluster): DestinationPolicy {
  const limits = { circuitBreakers, connectTimeoutMs, maxRequestsPerConnection, idleTimeoutMs };
  return { ...limits, ...(outlierDetection && { outlierDetection }), ...(tls && { tls }) };
}
