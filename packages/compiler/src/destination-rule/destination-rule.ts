import { isDeepStrictEqual } from 'node:util';
import {
  type Client,
  hasLabels,
  visibleTo,
  resolveHost,
  type RegisteredService,
  ROOT_NAMESPACE,
  type ConsistentHashLB,
  type DestinationRule,
} from '@bookinfo/rules';
import { HostsIndex } from '../virtual-hosts/hosts-index.js';
import { consistentHashFor, trafficPolicyFor, type PortTrafficPolicy } from './traffic-policy.js';

type Spec = DestinationRule['spec'];
type Subset = Spec['subsets'][number];
type RulesOfNamespace = ReadonlyMap<string, HostsIndex<DestinationRule>>;

/** The DestinationRules of one client (istio/istio pilot/pkg/model/push_context.go, destinationRule). */
export class DestinationRules {
  readonly #client: Client;
  /** Rules of the client's namespace that are visible to it. */
  readonly #own: RulesOfNamespace;
  /** Rules of all namespaces that are exported beyond their own. */
  readonly #exported: RulesOfNamespace;
  readonly #found = new Map<RegisteredService, Spec | undefined>();

  /** @param rules the oldest first */
  constructor(rules: readonly DestinationRule[], client: Client) {
    const { namespace: clientNamespace } = client;
    this.#client = client;
    const local = rules.filter(
      (rule) => rule.metadata.namespace === clientNamespace && isVisible(rule, clientNamespace),
    );
    // Exported rules of the root namespace come last, also for its own clients, such as the ingress gateway.
    this.#own = byNamespace(clientNamespace === ROOT_NAMESPACE ? local.filter(isPrivate) : local);
    this.#exported = byNamespace(rules.filter((rule) => !isPrivate(rule)));
  }

  /** Returns the subsets of a service, as the client sees them. */
  subsetsOf(service: RegisteredService): readonly Subset[] {
    return this.#ruleFor(service)?.subsets ?? [];
  }

  /** Returns the traffic policy for a port of the service; an empty subset is all of its pods. */
  policyFor(service: RegisteredService, port: number, subset: string): PortTrafficPolicy {
    const rule = this.#ruleFor(service);
    const named = rule?.subsets.find(({ name }) => name === subset);
    return trafficPolicyFor(port, rule?.trafficPolicy, named?.trafficPolicy);
  }

  /** Returns the hash of a destination of the service; `port` is undefined for one without a port. */
  consistentHashFor(
    service: RegisteredService,
    port: number | undefined,
    subset: string,
  ): ConsistentHashLB | undefined {
    const rule = this.#ruleFor(service);
    const named = rule?.subsets.find(({ name }) => name === subset);
    return consistentHashFor(port, rule?.trafficPolicy, named?.trafficPolicy);
  }

  #ruleFor(service: RegisteredService): Spec | undefined {
    if (!this.#found.has(service)) this.#found.set(service, this.#find(service));
    return this.#found.get(service);
  }

  /**
   * Finds the rule of the client's namespace, else of the service's, else of the root; in each the most specific host
   * applies.
   */
  #find({ host, namespace }: RegisteredService): Spec | undefined {
    const own = this.#own.get(this.#client.namespace)?.mostSpecific(host) ?? [];
    if (own.length > 0) return merge(own, this.#client);
    for (const owner of [namespace, ROOT_NAMESPACE]) {
      const found = merge(this.#exported.get(owner)?.mostSpecific(host) ?? [], this.#client);
      if (found) return found;
    }
    return undefined;
  }
}

/**
 * Returns true when Istio makes one rule of both: they have one namespace, host, exportTo and workloadSelector
 * (istio/istio pilot/pkg/model/destination_rule.go, mergeDestinationRule).
 */
export function isMerged(one: DestinationRule, other: DestinationRule): boolean {
  return (
    one.metadata.namespace === other.metadata.namespace &&
    hostOf(one) === hostOf(other) &&
    isSameExport(one.spec, other.spec) &&
    isSameSelector(one.spec, other.spec)
  );
}

/**
 * Merges the rules of one namespace for one host: the oldest trafficPolicy, and all subsets (of one name the oldest). Only
 * rules with the same exportTo are merged. A younger rule that is exported to more also stays a separate rule, as does one with
 * a workloadSelector beside one without; rules with different selectors are not merged. Of the remaining rules the first whose
 * selector matches the client applies, in its own namespace only, else the last visible one without a selector
 * (pilot/pkg/model/destination_rule.go, mergeDestinationRule; sidecar.go, DestinationRule).
 */
function merge(rules: readonly DestinationRule[], client: Client): Spec | undefined {
  const merged: DestinationRule[] = [];
  for (const rule of rules) {
    let isSeparate = true;
    for (const [index, earlier] of merged.entries()) {
      const { exportTo, workloadSelector } = earlier.spec;
      const reachesMore = includesAll(rule.spec.exportTo, exportTo);
      if (!reachesMore || (exportTo.length === 0 && !isSameExport(earlier.spec, rule.spec))) continue;
      const isOtherSelector = !isSameSelector(earlier.spec, rule.spec);
      if (isOtherSelector && workloadSelector && rule.spec.workloadSelector) continue;
      if (isMerged(earlier, rule)) isSeparate = false;
      merged[index] = { ...earlier, spec: mergeSpecs(earlier.spec, rule.spec) };
    }
    if (isSeparate) merged.push(rule);
  }
  const visible = merged.filter((rule) => isVisible(rule, client.namespace));
  const selected = visible.find((rule) => selects(rule, client));
  return (selected ?? visible.findLast(({ spec }) => !spec.workloadSelector))?.spec;
}

function selects({ metadata, spec }: DestinationRule, { namespace, labels }: Client): boolean {
  const { workloadSelector } = spec;
  return (
    workloadSelector !== undefined &&
    metadata.namespace === namespace &&
    hasLabels(labels, workloadSelector.matchLabels)
  );
}

function mergeSpecs(older: Spec, younger: Spec): Spec {
  const names = new Set(older.subsets.map(({ name }) => name));
  return {
    ...older,
    subsets: [...older.subsets, ...younger.subsets.filter(({ name }) => !names.has(name))],
    trafficPolicy: older.trafficPolicy ?? younger.trafficPolicy,
  };
}

function hostOf({ metadata, spec }: DestinationRule): string {
  return resolveHost(spec.host, metadata.namespace);
}

function isSameExport({ exportTo: one }: Spec, { exportTo: other }: Spec): boolean {
  return includesAll(one, other) && includesAll(other, one);
}

function isSameSelector({ workloadSelector: one }: Spec, { workloadSelector: other }: Spec): boolean {
  return isDeepStrictEqual(one, other);
}

function includesAll(all: readonly string[], some: readonly string[]): boolean {
  return some.every((entry) => all.includes(entry));
}

function isVisible({ metadata, spec }: DestinationRule, clientNamespace: string): boolean {
  const exported = { exportTo: spec.exportTo, namespace: metadata.namespace };
  return visibleTo(clientNamespace, [exported], (each) => each).length > 0;
}

/** Matches a rule that is exported to its own namespace only. */
function isPrivate({ metadata, spec: { exportTo } }: DestinationRule): boolean {
  return exportTo.length > 0 && exportTo.every((entry) => entry === '.' || entry === metadata.namespace);
}

function byNamespace(rules: readonly DestinationRule[]): RulesOfNamespace {
  const groups = Map.groupBy(rules, ({ metadata }) => metadata.namespace);
  return new Map(
    Array.from(groups, ([namespace, same]) => [
      namespace,
      new HostsIndex(same.map((rule) => ({ host: hostOf(rule), rule }))),
    ]),
  );
}
