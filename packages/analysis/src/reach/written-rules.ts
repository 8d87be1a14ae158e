import { delegatesOf, effectiveRules, type Delegates, compileMatch, isCatchAll } from '@bookinfo/compiler';
import {
  type Model,
  type HTTPMatchRequest,
  originOf,
  resourceKey,
  type HTTPRoute,
  type VirtualService,
} from '@bookinfo/rules';
import type { RuleSource } from '@bookinfo/routing';
import type { Origin } from '@bookinfo/text';

/** A match entry of a rule, or a rule that has none, as it stands in a file. */
export interface WrittenRule extends RuleSource {
  /** Why no proxy has it, as far as that is known. */
  reason?: string;
}

/** What these files have of rules, whether a proxy gets them or not. */
export function writtenRules({ written, meshConfig }: Model, files: ReadonlySet<string>): WrittenRule[] {
  const delegates = delegatesOf(written);
  const rules = written.flatMap((resource): WrittenRule[] => {
    if (resource.kind === 'HTTPRoute') return rulesOfHttpRoute(resource);
    if (resource.kind !== 'VirtualService' || resource.spec.hosts.length === 0) return [];
    return rulesOfVirtualService(resource, delegates, meshConfig.istioVersion);
  });
  const known = new Set(rules.map(({ origin }) => `${origin.file}:${origin.line}`));
  const orphans = [...delegates.values()].flatMap((delegate) =>
    delegate.spec.http.flatMap((_, index): WrittenRule[] => {
      const origin = originOf(delegate, ['spec', 'http', index]);
      const reason = 'it has no hosts, and no rule of another VirtualService delegates to it';
      return known.has(`${origin.file}:${origin.line}`)
        ? []
        : [{ resource: resourceKey(delegate), origin, reason }];
    }),
  );
  return [...rules, ...orphans].filter(({ origin }) => files.has(origin.file));
}

function rulesOfHttpRoute(route: HTTPRoute): WrittenRule[] {
  const resource = resourceKey(route);
  return route.spec.rules.flatMap(({ matches }, index) =>
    matches.map((_, entry) => ({
      resource,
      origin: originOf(route, ['spec', 'rules', index, 'matches', entry]),
    })),
  );
}

function rulesOfVirtualService(
  rule: VirtualService,
  delegates: Delegates,
  istioVersion: string,
): WrittenRule[] {
  const { rules, dropped } = effectiveRules(rule, delegates);
  let taker: Origin | undefined;
  const written = rules.flatMap(({ http: { match }, origin, source, matchOrigin }) => {
    const origins = match.length === 0 ? [origin] : match.map((_, entry) => matchOrigin(entry));
    const behind = taker;
    const catchAll = match.length === 0 ? 0 : match.findIndex((entry) => takesAll(entry, istioVersion));
    taker ??= origins[catchAll];
    if (!source) return [];
    const reason = behind && `the rule in line ${behind.line} takes every request before it`;
    return origins.map((each) => ({ ...source, origin: each, ...(reason !== undefined && { reason }) }));
  });
  const resource = resourceKey(rule);
  return [...written, ...dropped.map(({ origin, reason }) => ({ resource, origin, reason }))];
}

/** Whether every request of every client meets it. */
function takesAll(match: HTTPMatchRequest, istioVersion: string): boolean {
  const { port, sourceLabels, sourceNamespace, gateways } = match;
  const isForAll =
    port === undefined &&
    sourceNamespace === undefined &&
    gateways.length === 0 &&
    Object.keys(sourceLabels).length === 0;
  return isForAll && isCatchAll(compileMatch(match, istioVersion));
}
