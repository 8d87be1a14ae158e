import type { z } from 'zod';
import { addIssue } from '../schema/containers.js';

/** The actions of a rule, of which it has exactly one. */
const ACTIONS = ['route', 'redirect', 'directResponse'] as const;
/** Fields of rules with a route only: other actions respond before Envoy reads them. */
const ONLY_WITH_ROUTE = ['fault', 'rewrite'] as const;

/** Other fields of a rule with a delegate are merged into the rules of the delegate. */
const EXCLUDED_BY_DELEGATE = ['route', 'redirect'] as const;

type Rule = { route: readonly unknown[] } & Partial<
  Record<(typeof ACTIONS)[number] | (typeof ONLY_WITH_ROUTE)[number] | 'delegate', unknown>
>;

/** Checks the actions of a rule, for `superRefine` (istio/istio pkg/config/validation/virtualservice.go, validateHTTPRouteConflict). */
export function oneAction(rule: Rule, context: z.core.$RefinementCtx): void {
  const isPresent = (field: keyof Rule): boolean =>
    field === 'route' ? rule.route.length > 0 : rule[field] !== undefined;
  if (rule.delegate !== undefined) {
    for (const field of EXCLUDED_BY_DELEGATE.filter(isPresent))
      addIssue(context, `delegate and ${field} exclude each other`);
    return;
  }
  const [action, other] = ACTIONS.filter(isPresent);
  if (action === undefined) addIssue(context, `one of ${ACTIONS.join(', ')}, delegate is needed`);
  else if (other !== undefined) addIssue(context, `${action} and ${other} exclude each other`);
  else if (action !== 'route')
    for (const field of ONLY_WITH_ROUTE.filter(isPresent))
      addIssue(context, `${action} and ${field} exclude each other`);
}
