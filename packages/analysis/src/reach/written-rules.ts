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

/** A match entry of a rule in a file, or a whole rule without any. */
export interface WrittenRule extends RuleSource {
  /** The reason why no proxy has it, if it is known. */
  reason?: string;
}

/** Returns the rules in these files, including those that no proxy has. */
export function writtenRules({ written, meshConfig }: Model, files: ReadonlySet<string>): WrittenRule[] {
  const delegates = delegatesOf(written);
  const rules = written.flatMap((resource): WrittenRule[] => {
    if (resource.kind === 'HTTPRoute') return rulesOfHttpRoute(resource);
    if (resource.kind !== 'VirtualService' || resource.spec.hosts.length === 0) return [];
    return rulesOfVirtualService(resource, delegates, meshConfig.istioVersion);
  });
  const positions = new Set(rules.map(({ origin }) => `${origin.file}:${origin.line}`));
  const orphans = [...delegates.values()].flatMap((delegate) =>
    delegate.spec.http.flatMap((_, index): WrittenRule[] => {
      const origin = originOf(delegate, ['spec', 'http', index]);
      const reason = 'it has no hosts, and no rule of another VirtualService delegates to it';
      return positions.has(`${origin.file}:${origin.line}`)
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
  let catchAllOrigin: Origin | undefined;
  const written = rules.flatMap(({ http: { match }, origin, source, matchOrigin }) => {
    const origins = match.length === 0 ? [origin] : match.map((_, entry) => matchOrigin(entry));
    const earlier = catchAllOrigin;
    const catchAll =
      match.length === 0 ? 0 : match.findIndex((entry) => isUnconditional(entry, istioVersion));
    catchAllOrigin ??= origins[catchAll];
    if (!source) return [];
    const reason = earlier && `the rule in line ${earlier.line} takes every request before it`;
    return origins.map((each) => ({ ...source, origin: each, ...(reason !== undefined && { reason }) }));
  });
  const resource = resourceKey(rule);
  return [...written, ...dropped.map(({ origin, reason }) => ({ resource, origin, reason }))];
}

/** Returns whether a match holds for every request of every client. */
function isUnconditional(match: HTTPMatchRequest, istioVersion: string): boolean {
  const { port, sourceLabels, sourceNamespace, gateways } = match;
  const isForEveryClient =
    port === undefined &&
    sourceNamespace === undefined &&
    gateways.length === 0 &&
    Object.keys(sourceLabels).length === 0;
  return isForEveryClient && isCatchAll(compileMatch(match, istioVersion));
}
