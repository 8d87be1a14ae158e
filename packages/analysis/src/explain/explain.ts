import { compile } from '@bookinfo/compiler';
import {
  type Cluster,
  type Endpoint,
  type ForwardAction,
  type Route,
  type RouteTable,
  type RuleSource,
  type RouteRequest,
  normalizePath,
  rewritePath,
  redirectLocation,
  Search,
} from '@bookinfo/routing';
import type { Client, Model } from '@bookinfo/rules';
import type { Destination, ExplainedAction, Explanation, RuleReference } from './explanation.js';
import type { DestinationPolicy } from './describe-limits.js';
import { findClient } from './find-client.js';
import { routeRequestOf, type Question } from './question.js';

/**
 * What the mesh does with a request, and why: the rule that wins, what it does, and for every earlier rule of the
 * virtual host the first predicate that fails. Nothing is drawn: shares are given instead. Throws a QuestionError.
 */
export function explain(model: Model, question: Question): Explanation {
  const { name, client } = findClient(model, question.from);
  const request = routeRequestOf(question, client);
  const table = compile(model, client);
  const search = new Search(table, request);
  const { virtualHost, route, passedOver } = search;
  return {
    from: name,
    request,
    ...(virtualHost ? { virtualHost: virtualHost.name } : hintFor(model, client, request)),
    ...(route?.rule && { rule: ruleReference(route) }),
    passedOver: passedOver.map((each) => ({ ...ruleReference(each.route), reason: each.reason })),
    ...(route?.fault && { fault: route.fault }),
    ...(route?.cors && route.action.kind === 'forward' && { cors: route.cors }),
    ...(route?.requestHeaders && { requestHeaders: route.requestHeaders }),
    ...(route?.responseHeaders && { responseHeaders: route.responseHeaders }),
    ...(route && changedTarget(route, request)),
    action: actionOf(table, search),
  };
}

function changedTarget(
  { action, match }: Route,
  request: RouteRequest,
): Pick<Explanation, 'rewrittenPath' | 'location'> {
  if (action.kind === 'redirect') return { location: redirectLocation(action, match.path, request) };
  if (action.kind !== 'forward' || !action.rewrite) return {};
  return { rewrittenPath: rewritePath(action.rewrite, match.path, normalizePath(request.path)) };
}

/** Who calls a Service at a port that it lacks has likely forgotten it. */
function hintFor(
  { registry }: Model,
  { namespace }: Client,
  { authority, port }: RouteRequest,
): Pick<Explanation, 'hint'> {
  const [host = ''] = authority.split(':');
  const service = registry.service(host, namespace);
  const ports = service?.ports.map(({ number }) => number) ?? [];
  return ports.length === 0 || ports.includes(port) ? {} : { hint: `${host} listens at ${ports.join(', ')}` };
}

function ruleReference({ name, rule }: Route): RuleReference {
  return rule ? { ...sourceReference(rule), name } : { name };
}

function sourceReference({ resource, origin: { file, line }, delegatedBy }: RuleSource): RuleReference {
  const delegate = delegatedBy && { delegatedBy: sourceReference(delegatedBy) };
  return { resource, name: '', file, line, ...delegate };
}

function actionOf(table: RouteTable, { virtualHost, route, hasListener }: Search): ExplainedAction {
  if (route) {
    const { action } = route;
    return action.kind === 'forward' ? { ...action, destinations: destinationsOf(table, action) } : action;
  }
  if (virtualHost) return { kind: 'route-not-found' };
  return table.unmatchedHost === 'block' ? { kind: 'blocked', hasListener } : { kind: table.unmatchedHost };
}

function destinationsOf({ clusters }: RouteTable, { weightedClusters }: ForwardAction): Destination[] {
  const total = weightedClusters.reduce((sum, { weight }) => sum + weight, 0);
  return weightedClusters.map(({ name, weight, ...edits }) => {
    const cluster = clusters.get(name);
    const share = weight / total;
    if (!cluster) return { ...edits, cluster: name, share, state: 'cluster-not-found', endpoints: {} };
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
    };
  });
}

/** Whether anybody can be asked: whom the client called (ORIGINAL_DST) is no endpoint of the table. */
function hasEndpoints({ type, endpoints }: Cluster): boolean {
  return type === 'ORIGINAL_DST' || endpoints.length > 0;
}

/** `reviews-v2`, as in the header x-bookinfo-version; the pod's own name where it lacks these labels. */
export function versionOf({ labels, pod }: Endpoint): string {
  const { app, version } = labels;
  return app === undefined || version === undefined ? pod : `${app}-${version}`;
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
