import { delegatesOf, effectiveRules, entriesOf } from '@bookinfo/compiler';
import { type Model, originOf, resourceKey, type HTTPRoute } from '@bookinfo/rules';
import type { RuleSource } from '@bookinfo/routing';

/** Returns every match entry, or rule without any, of the resources of a model, whether a proxy has it or not. */
export function writtenRules({ written }: Model): RuleSource[] {
  const delegates = delegatesOf(written);
  return written.flatMap((resource): RuleSource[] => {
    if (resource.kind === 'HTTPRoute') return rulesOfHttpRoute(resource);
    if (resource.kind !== 'VirtualService' || resource.spec.hosts.length === 0) return [];
    const { rules, dropped } = effectiveRules(resource, delegates);
    return [...rules.flatMap(entriesOf), ...dropped];
  });
}

/** Returns the rules of VirtualServices without hosts to which no rule delegates. */
export function orphanedRules(model: Model): RuleSource[] {
  const used = new Set(writtenRules(model).map(({ resource }) => resource));
  return [...delegatesOf(model.written).values()].flatMap((delegate) => {
    const resource = resourceKey(delegate);
    if (used.has(resource)) return [];
    return delegate.spec.http.map((_, index) => ({
      resource,
      origin: originOf(delegate, ['spec', 'http', index]),
    }));
  });
}

function rulesOfHttpRoute(route: HTTPRoute): RuleSource[] {
  const resource = resourceKey(route);
  return route.spec.rules.flatMap(({ matches }, index) =>
    matches.map((_, entry) => ({
      resource,
      origin: originOf(route, ['spec', 'rules', index, 'matches', entry]),
    })),
  );
}
