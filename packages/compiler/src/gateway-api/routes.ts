import {
  type BackendReference,
  type HTTPBackendReference,
  type HTTPRouteRule,
  originOf,
  resourceKey,
  type HTTPRoute,
} from '@bookinfo/rules';
import { joinHeaders, type HeaderEdits } from '../virtual-service/headers.js';
import { afterCatchAll, type LeaveOut } from '../left-out.js';
import type { Listener } from '../virtual-hosts/listener.js';
import { isCatchAll } from '../virtual-service/match.js';
import type { RouteAction, WeightedCluster, PathMatch, Route } from '@bookinfo/routing';
import { resolveBackend, type Backend } from './backends.js';
import { compileCorsFilter } from './cors.js';
import { headerEdits } from './header-edits.js';
import { compileLimits } from './limits.js';
import { compileMirrors } from './mirrors.js';
import type { ReferenceGrants } from './reference-grants.js';
import { compileRouteMatch } from './route-match.js';
import { bySpecificity } from './specificity.js';
import { compileRequestRedirect, compileUrlRewrite } from './url-filters.js';

/** Inputs of the routes of an HTTPRoute besides itself; they depend neither on the port nor on the client's labels. */
export type RouteContext = Pick<Listener, 'registry' | 'istioVersion' | 'hashPolicies' | 'leaveOut'>;

/** Sorts routes of several HTTPRoutes, given the oldest first, by precedence; those after a catch-all are left out. */
export function inOrder(routes: readonly Route[], host: string, leaveOut?: LeaveOut): Route[] {
  const sorted = routes.toSorted(bySpecificity);
  const last = sorted.findIndex(({ match }) => isCatchAll(match));
  if (last === -1) return sorted;
  if (leaveOut)
    for (const { rule } of sorted.slice(last + 1))
      if (rule) leaveOut(afterCatchAll(rule, sorted[last]?.rule, [host]));
  return sorted.slice(0, last + 1);
}

/**
 * Returns a route for each match of each rule, in the order of the file. A rule without a name has one by its position
 * (istio/istio pilot/pkg/config/kube/gateway/conversion.go, convertHTTPRoute).
 *
 * @param grants absent for routes that are attached to Services
 */
export function httpRouteRoutes(
  httpRoute: HTTPRoute,
  context: RouteContext,
  grants?: ReferenceGrants,
): Route[] {
  const { namespace, name } = httpRoute.metadata;
  const resolve = (reference: BackendReference): Backend =>
    resolveBackend(reference, namespace, context.registry, grants);
  return httpRoute.spec.rules.flatMap((rule, index) => {
    const { hostRewrite, ...headers } = ruleHeaders(rule);
    const cors = rule.filters.find((filter) => filter.cors)?.cors;
    const matches = rule.matches.length > 0 ? rule.matches : [undefined];
    return matches.map((entry, number) => {
      const match = compileRouteMatch(entry);
      return {
        name: rule.name ?? `${namespace}.${name}.${index}`,
        match,
        ...(cors && { cors: compileCorsFilter(cors) }),
        ...headers,
        action: actionOf(rule, match.path, hostRewrite, resolve, context),
        rule: {
          resource: resourceKey(httpRoute),
          origin: originOf(httpRoute, ['spec', 'rules', index, 'matches', number]),
        },
      };
    });
  });
}

/** Returns the header changes of the rule, and of its backend if only one has a weight; several backends keep their own. */
function ruleHeaders({ filters, backendRefs }: HTTPRouteRule): HeaderEdits {
  const [only, ...others] = backendRefs.filter(({ weight }) => weight > 0);
  const edits = headerEdits(filters);
  return only && others.length === 0 ? joinHeaders(edits, headerEdits(only.filters)) : edits;
}

function actionOf(
  rule: HTTPRouteRule,
  path: PathMatch | undefined,
  hostRewrite: string | undefined,
  resolve: (reference: BackendReference) => Backend,
  { istioVersion, hashPolicies }: RouteContext,
): RouteAction {
  const redirect = rule.filters.find((filter) => filter.requestRedirect)?.requestRedirect;
  if (redirect) return compileRequestRedirect(redirect);
  const weightedClusters = clustersOf(rule.backendRefs, resolve);
  if (weightedClusters.length === 0) return { kind: 'direct-response', status: 500, body: '' };
  const urlRewrite = rule.filters.find((filter) => filter.urlRewrite)?.urlRewrite;
  const rewrite = urlRewrite && compileUrlRewrite(urlRewrite, path);
  const host = urlRewrite?.hostname ?? hostRewrite;
  const ownHashPolicies = weightedClusters.flatMap(({ name }) => hashPolicies.get(name) ?? []);
  const isHashing = weightedClusters.length === 1 && ownHashPolicies.length > 0;
  return {
    kind: 'forward',
    weightedClusters,
    ...compileLimits(rule, istioVersion, isHashing),
    ...(rewrite && { rewrite }),
    ...(host !== undefined && { hostRewrite: host }),
    mirrors: compileMirrors(rule.filters, resolve, istioVersion),
    hashPolicies: ownHashPolicies,
    clusterNotFoundStatus: 500,
  };
}

function clustersOf(
  backendRefs: readonly HTTPBackendReference[],
  resolve: (reference: BackendReference) => Backend,
): WeightedCluster[] {
  const backends = backendRefs.filter(({ weight }) => weight > 0);
  return backends.map(({ weight, filters, ...reference }) => ({
    name: resolve(reference).cluster,
    weight,
    ...(backends.length > 1 && headerEdits(filters)),
  }));
}
