import type { Route, RuleSource } from '@bookinfo/routing';

/** A route of a VirtualService. */
export type VirtualServiceRoute = Route & { rule: RuleSource };

/** Returns true when the route is of a VirtualService, not of an HTTPRoute or the default of a service. */
export function isOfVirtualService(route: Route): route is VirtualServiceRoute {
  return route.rule?.resource.startsWith('VirtualService/') ?? false;
}
