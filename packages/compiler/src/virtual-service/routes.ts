import {
  type IstioHTTPRoute,
  type HTTPRouteDestination,
  type VirtualService,
  OLDEST_ISTIO,
} from '@bookinfo/rules';
import {
  clusterName,
  type ForwardAction,
  type RouteAction,
  type WeightedCluster,
  type PathMatch,
  type Route,
} from '@bookinfo/routing';
import { defaultRetryPolicy } from './default-retry-policy.js';
import { compileCors } from './cors.js';
import { effectiveRules, entriesOf } from './delegates.js';
import { compileDirectResponse } from './direct-response.js';
import { destinationCluster } from './destination-cluster.js';
import { compileFault } from './fault.js';
import { hashPolicyOf } from '../destination-rule/hash-policies.js';
import { compileHeaders, joinHeaders, type HeaderEdits } from './headers.js';
import { afterCatchAll, fullHosts } from '../left-out.js';
import type { Listener } from '../virtual-hosts/listener.js';
import { compileMatch, isCatchAll } from './match.js';
import { compileMirrors } from './mirrors.js';
import { compileRedirect } from './redirect.js';
import { compileRetryPolicy } from './retry-policy.js';
import { compilePathRewrite } from './rewrite.js';
import { listenerMismatch, mismatchReason } from './source-match.js';

/**
 * Returns the routes of a VirtualService, in order: one for each entry of each rule's `match` that applies to this listener.
 * Routes after one that matches everything are left out, as in Istio.
 */
export function routesOf(virtualService: VirtualService, listener: Listener): readonly Route[] {
  return listener.routes.get(virtualService, listener, () => compileRoutes(virtualService, listener));
}

function compileRoutes(virtualService: VirtualService, meshListener: Listener): Route[] {
  // RouteRules are older than every change of behaviour between versions of Istio.
  const istioVersion = virtualService.source.rules ? OLDEST_ISTIO : meshListener.istioVersion;
  const listener = { ...meshListener, istioVersion };
  const routes: Route[] = [];
  const { leaveOut } = listener;
  const { rules, dropped } = effectiveRules(virtualService, listener.delegates);
  const hosts = leaveOut ? fullHosts(virtualService) : [];
  for (const rule of dropped) leaveOut?.({ hosts, isWhole: false, ...rule });
  for (const { http, namespace, source, matchOrigin } of rules) {
    const { hostRewrite, ...headers } = headerEdits(http);
    const action = actionOf(http, hostRewrite, namespace, listener);
    for (const [position, entry] of (http.match.length > 0 ? http.match : [undefined]).entries()) {
      const rule = source && { ...source, origin: matchOrigin(position) };
      const mismatch = entry && listenerMismatch(entry, namespace, listener);
      if (mismatch) {
        const reason = mismatchReason(mismatch, entry);
        if (rule) leaveOut?.({ hosts, isWhole: false, ...rule, code: mismatch, port: listener.port, reason });
        continue;
      }
      const match = compileMatch(entry, listener.istioVersion);
      routes.push({
        name: [http.name, entry?.name].filter(Boolean).join('.'),
        match,
        ...(http.fault && { fault: compileFault(http.fault) }),
        ...(http.corsPolicy && { cors: compileCors(http.corsPolicy) }),
        ...headers,
        action: withPathRewrite(action, http.rewrite, match.path),
        ...(rule && { rule }),
      });
      if (!isCatchAll(match)) continue;
      const entries = leaveOut ? rules.flatMap(entriesOf) : [];
      const last = entries.findIndex(({ origin }) => origin === rule?.origin);
      for (const later of entries.slice(last + 1)) leaveOut?.(afterCatchAll(later, rule, hosts));
      return routes;
    }
  }
  return routes;
}

/** Returns the default route of a Service without a VirtualService: to all of its pods. */
export function defaultRoute(
  host: string,
  { port, istioVersion, hashPolicies }: Pick<Listener, 'port' | 'istioVersion' | 'hashPolicies'>,
): Route & { action: ForwardAction } {
  const cluster = clusterName(port, '', host);
  const hashPolicy = hashPolicies.get(cluster);
  const action: ForwardAction = {
    kind: 'forward',
    weightedClusters: [{ name: cluster, weight: 100 }],
    timeoutMs: 0,
    retryPolicy: defaultRetryPolicy(istioVersion),
    mirrors: [],
    hashPolicies: hashPolicy ? [hashPolicy] : [],
    clusterNotFoundStatus: 503,
  };
  return {
    name: 'default',
    match: { headers: [], queryParameters: [] },
    action,
  };
}

/** Returns the route of a port that is not HTTP. Rules and retries are for HTTP; the pods get each request once. */
export function opaqueRoute(host: string, listener: Parameters<typeof defaultRoute>[1]): Route {
  const route = defaultRoute(host, listener);
  const retryPolicy = compileRetryPolicy({ attempts: 0 }, listener.istioVersion);
  return { ...route, name: 'tcp', action: { ...route.action, retryPolicy } };
}

/**
 * Returns the header changes of the rule, and of its destination if it is the only one; several destinations keep their
 * own.
 */
function headerEdits({ headers, route }: IstioHTTPRoute): HeaderEdits {
  const [only, ...others] = route;
  const edits = compileHeaders(headers);
  return only && others.length === 0 ? joinHeaders(edits, compileHeaders(only.headers)) : edits;
}

function withPathRewrite(
  action: RouteAction,
  rewrite: IstioHTTPRoute['rewrite'],
  match: PathMatch | undefined,
): RouteAction {
  const path = rewrite && compilePathRewrite(rewrite, match);
  return action.kind === 'forward' && path ? { ...action, rewrite: path } : action;
}

function actionOf(
  http: IstioHTTPRoute,
  hostRewrite: string | undefined,
  namespace: string,
  listener: Listener,
): RouteAction {
  const host = http.rewrite?.authority ?? hostRewrite;
  if (http.redirect) return compileRedirect(http.redirect);
  if (http.directResponse) return compileDirectResponse(http.directResponse);
  const destinations = http.route.length > 1 ? http.route.filter(({ weight = 0 }) => weight > 0) : http.route;
  const hashPolicies = destinations.flatMap(
    ({ destination }) => hashPolicyOf(destination, namespace, listener.hashPolicies) ?? [],
  );
  const isHashing = http.route.length === 1 && hashPolicies.length > 0;
  return {
    kind: 'forward',
    weightedClusters: weightedClusters(http.route, (destination) =>
      destinationCluster(destination, namespace, listener),
    ),
    timeoutMs: http.timeout?.ms ?? 0,
    retryPolicy: compileRetryPolicy(http.retries, listener.istioVersion, isHashing),
    ...(host !== undefined && { hostRewrite: host }),
    mirrors: compileMirrors(http, namespace, listener),
    hashPolicies,
    clusterNotFoundStatus: 503,
  };
}

/**
 * Returns the weighted clusters: a single destination gets all requests at any weight; of several, those without a weight
 * get none.
 */
function weightedClusters(
  route: IstioHTTPRoute['route'],
  clusterOf: (destination: HTTPRouteDestination['destination']) => string,
): WeightedCluster[] {
  const [only, ...others] = route;
  if (only && others.length === 0) return [{ name: clusterOf(only.destination), weight: 100 }];
  return route.flatMap(({ destination, weight = 0, headers }) =>
    weight === 0 ? [] : [{ name: clusterOf(destination), weight, ...compileHeaders(headers) }],
  );
}
