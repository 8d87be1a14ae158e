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
  /**
   * Returns the origin of an entry of its match. An entry of a delegate's rule may be merged from two, so it has the
   * rule's.
   */
  matchOrigin: (entry: number) => Origin;
}

/** A rule that is not in force, and the reason. */
export interface DroppedRule {
  origin: Origin;
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
        origin,
        reason: `the VirtualService ${namespace}/${name} without hosts, which it delegates to, ${lacking}`,
      });
      continue;
    }
    for (const [inner, leaf] of delegate.spec.http.entries()) {
      const own = placeOf(delegate, inner);
      const merged = mergeRule({ http, namespace: root.metadata.namespace }, { http: leaf, namespace });
      if (merged) {
        const delegated = own.source && { ...own.source, ...(source && { delegatedBy: source }) };
        rules.push({
          http: merged,
          namespace,
          origin: own.origin,
          source: delegated,
          matchOrigin: () => own.origin,
        });
      } else {
        dropped.push({
          origin: own.origin,
          reason: `it matches what ${origin.file}:${origin.line}, which delegates to it, does not match`,
        });
      }
    }
  }
  return { rules, dropped };
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
