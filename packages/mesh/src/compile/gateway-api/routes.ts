import type { HTTPRouteRule } from '../../resources/kinds/gateway-api/http-route.js';
import { originOf, resourceKey, type HTTPRoute } from '../../resources/resource.js';
import { defaultRetryPolicy } from '../default-retry-policy.js';
import type { Listener } from '../listener.js';
import { isCatchAll } from '../match.js';
import type { RouteAction } from '../route-action.js';
import type { Route } from '../route-table.js';
import { resolveBackend } from './backends.js';
import type { ReferenceGrants } from './reference-grants.js';
import { compileRouteMatch } from './route-match.js';
import { bySpecificity } from './specificity.js';

/** What the routes of an HTTPRoute depend on beside its own text: not on the port, nor on who asks. */
export type Surroundings = Pick<Listener, 'registry' | 'istioVersion'>;

/** The routes of several HTTPRoutes as a proxy tries them: not in the order of the files. Given the oldest first. */
export function inOrder(routes: readonly Route[]): Route[] {
  const sorted = routes.toSorted(bySpecificity);
  const last = sorted.findIndex(({ match }) => isCatchAll(match));
  return last === -1 ? sorted : sorted.slice(0, last + 1);
}

/**
 * A route for each match of each rule, in the order of the file.
 *
 * @param grants absent for routes that are attached to Services
 */
export function httpRouteRoutes(
  httpRoute: HTTPRoute,
  surroundings: Surroundings,
  grants?: ReferenceGrants,
): Route[] {
  return httpRoute.spec.rules.flatMap((rule, index) => {
    const action = actionOf(rule, httpRoute.metadata.namespace, surroundings, grants);
    const matches = rule.matches.length > 0 ? rule.matches : [undefined];
    return matches.map((match, entry) => ({
      name: rule.name ?? '',
      match: compileRouteMatch(match),
      action,
      rule: {
        resource: resourceKey(httpRoute),
        origin: originOf(httpRoute, ['spec', 'rules', index, 'matches', entry]),
      },
    }));
  });
}

function actionOf(
  rule: HTTPRouteRule,
  namespace: string,
  { registry, istioVersion }: Surroundings,
  grants: ReferenceGrants | undefined,
): RouteAction {
  const backends = rule.backendRefs.filter(({ weight }) => weight > 0);
  if (backends.length === 0) return { kind: 'direct-response', status: 500, body: '' };
  return {
    kind: 'forward',
    weightedClusters: backends.map(({ weight, ...reference }) => ({
      name: resolveBackend(reference, namespace, registry, grants).cluster,
      weight,
    })),
    timeoutMs: 0,
    retryPolicy: defaultRetryPolicy(istioVersion),
    mirrors: [],
    hashPolicies: [],
    clusterNotFoundStatus: 500,
  };
}
