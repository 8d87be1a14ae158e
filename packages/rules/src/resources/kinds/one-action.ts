import type { z } from 'zod';
import { complain } from '../schema/containers.js';

/** What a rule does with its requests: exactly one of these. */
const ACTIONS = ['route', 'redirect', 'directResponse'] as const;
/** What only a rule with a route can have: the others answer before Envoy comes to it. */
const ONLY_WITH_ROUTE = ['fault', 'rewrite'] as const;

/** All else of a rule that delegates fills the gaps of the delegate's rules. */
const EXCLUDED_BY_DELEGATE = ['route', 'redirect'] as const;

type Rule = { route: readonly unknown[] } & Partial<
  Record<(typeof ACTIONS)[number] | (typeof ONLY_WITH_ROUTE)[number] | 'delegate', unknown>
>;

/** For `superRefine` on a rule (istio/istio pkg/config/validation/virtualservice.go, validateHTTPRouteConflict). */
export function oneAction(rule: Rule, context: z.core.$RefinementCtx): void {
  const isThere = (field: keyof Rule): boolean =>
    field === 'route' ? rule.route.length > 0 : rule[field] !== undefined;
  if (rule.delegate !== undefined) {
    for (const field of EXCLUDED_BY_DELEGATE.filter(isThere))
      complain(context, `delegate and ${field} exclude each other`);
    return;
  }
  const [action, other] = ACTIONS.filter(isThere);
  if (action === undefined) complain(context, `one of ${ACTIONS.join(', ')}, delegate is needed`);
  else if (other !== undefined) complain(context, `${action} and ${other} exclude each other`);
  else if (action !== 'route')
    for (const field of ONLY_WITH_ROUTE.filter(isThere))
      complain(context, `${action} and ${field} exclude each other`);
}
