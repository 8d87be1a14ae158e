import {
  visibleTo,
  type IstioHTTPRoute,
  originOf,
  resourceKey,
  type Resource,
  type VirtualService,
} from '@bookinfo/rules';
import type { Origin } from '@bookinfo/text';
import { mergeRule } from './merge-rule.js';
import type { RuleSource } from '@bookinfo/routing';

/**
 * VirtualServices without hosts by `namespace/name`. Their rules apply where a rule of another VirtualService delegates to
 * them.
 */
export type Delegates = ReadonlyMap<string, VirtualService>;

/** A rule in force. */
export interface EffectiveRule {
  http: IstioHTTPRoute;
  /** The namespace of the short names of its hosts and gateways. */
  namespace: string;
  origin: Origin;
  /** Absent for a rule that is in no file. */
  source: RuleSource | undefined;
  /** Returns the origin of an entry of its match; of one that is merged from two, that of the delegate's entry. */
  matchOrigin: (entry: number) => Origin;
}

/** A rule that is not in force, and the reason. */
export interface DroppedRule extends RuleSource {
  code: 'missing-delegate' | 'delegate-does-not-fit';
  reason: string;
}

/** Returns the VirtualServices that rules can delegate to. */
export function delegatesOf(resources: readonly Resource[]): Delegates {
  return new Map(
    resources
      .filter((resource) => resource.kind === 'VirtualService')
      .filter(({ spec }) => spec.hosts.length === 0)
      .map((resource) => [`${resource.metadata.namespace}/${resource.metadata.name}`, resource]),
  );
}

/**
 * Returns the rules of a VirtualService, in order, with a delegate's rules in place of each rule that delegates. As in
 * Istio, a rule whose delegate does not exist is dropped, and so is a delegate's rule whose match is not within that of
 * the root (istio/istio pilot/pkg/model/virtualservice.go).
 */
export function effectiveRules(
  root: VirtualService,
  delegates: Delegates,
): { rules: EffectiveRule[]; dropped: DroppedRule[] } {
  const rules: EffectiveRule[] = [];
  const dropped: DroppedRule[] = [];
  for (const [index, http] of root.spec.http.entries()) {
    const { origin, source } = placeOf(root, index);
    if (!http.delegate) {
      const matchOrigin = (entry: number): Origin => originOf(root, ['spec', 'http', index, 'match', entry]);
      rules.push({ http, namespace: root.metadata.namespace, origin, source, matchOrigin });
      continue;
    }
    const { name, namespace = root.metadata.namespace } = http.delegate;
    const found = delegates.get(`${namespace}/${name}`);
    const [delegate] = visibleTo(root.metadata.namespace, found ? [found] : [], ({ spec, metadata }) => ({
      exportTo: spec.exportTo,
      namespace: metadata.namespace,
    }));
    if (!delegate) {
      const lacking = found ? `is not exported to the namespace ${root.metadata.namespace}` : 'is not there';
      dropped.push({
        code: 'missing-delegate',
        resource: resourceKey(root),
        origin,
        reason: `the VirtualService ${namespace}/${name} without hosts, which it delegates to, ${lacking}`,
      });
      continue;
    }
    for (const [inner, leaf] of delegate.spec.http.entries()) {
      const own = placeOf(delegate, inner);
      const entryOrigin = (entry: number): Origin =>
        originOf(delegate, ['spec', 'http', inner, 'match', entry]);
      const delegatedBy = source && { delegatedBy: source };
      const merged = mergeRule({ http, namespace: root.metadata.namespace }, { http: leaf, namespace });
      if (!merged) {
        const resource = resourceKey(delegate);
        const reason = `it matches what ${origin.file}:${origin.line}, which delegates to it, does not match`;
        for (const entry of leaf.match.keys())
          dropped.push({
            code: 'delegate-does-not-fit',
            resource,
            origin: entryOrigin(entry),
            ...delegatedBy,
            reason,
          });
        continue;
      }
      const matchOrigin = (entry: number): Origin => {
        const position = merged.entries[entry]?.leaf;
        return position === undefined ? own.origin : entryOrigin(position);
      };
      const delegated = own.source && { ...own.source, ...delegatedBy };
      rules.push({ http: merged.http, namespace, origin: own.origin, source: delegated, matchOrigin });
    }
  }
  return { rules, dropped };
}

/** Returns the places of a rule's match entries, or that of the rule without any; none for a rule that is in no file. */
export function entriesOf({ http: { match }, origin, source, matchOrigin }: EffectiveRule): RuleSource[] {
  const origins = match.length === 0 ? [origin] : match.map((_, entry) => matchOrigin(entry));
  return source ? origins.map((each) => ({ ...source, origin: each })) : [];
}

function placeOf(
  virtualService: VirtualService,
  index: number,
): { origin: Origin; source: RuleSource | undefined } {
  const origin = originOf(virtualService, ['spec', 'http', index]);
  const { rules } = virtualService.source;
  const resource = rules ? rules[index] : resourceKey(virtualService);
  return { origin, source: resource === undefined ? undefined : { resource, origin } };
}
