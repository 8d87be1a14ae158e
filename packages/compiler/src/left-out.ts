import { originOf, resolveHost, resourceKey, type FieldPath, type Resource } from '@bookinfo/rules';
import type { RuleSource } from '@bookinfo/routing';
import type { Origin } from '@bookinfo/text';

/** The causes for which a proxy lacks a rule. */
export const LEFT_OUT_CODES = [
  'after-catch-all',
  'another-gateway',
  'consumer-route',
  'creation-order',
  'delegate-does-not-fit',
  'gateway-hosts',
  'gateway-selector',
  'gateway-server-conflict',
  'http-route-first',
  'https-redirect',
  'less-specific-host',
  'match-gateways',
  'match-port',
  'missing-delegate',
  'not-accepted',
  'not-exported',
  'not-for-gateway',
  'not-for-mesh',
  'not-imported',
  'older-rule',
  'port-not-http',
  'source-labels',
  'source-namespace',
  'unknown-gateway',
  'unknown-host',
] as const;

export type LeftOutCode = (typeof LEFT_OUT_CODES)[number];

/** A rule, or all rules of a resource, that a proxy lacks for a host, and why. */
export interface LeftOut {
  code: LeftOutCode;
  /** `VirtualService/default/reviews`. */
  resource: string;
  /** The field to blame. */
  origin: Origin;
  /** Hosts that the resource has, in full; wildcards start with `*`. */
  hosts: readonly string[];
  /** The host of the proxy for which it was left out; absent: every host that it has. */
  forHost?: string;
  /** The port for which it was left out; absent: every port. */
  port?: number;
  /** The field of the resource that applies instead. */
  winner?: Place;
  /** The rule that delegates to it. */
  delegatedBy?: RuleSource;
  /** True for all rules of the resource; else `origin` is that of the rule or of an entry of its match. */
  isWhole: boolean;
  /** Completes "left out because". */
  reason: string;
}

/** A field of a resource. */
export interface Place {
  resource: string;
  origin: Origin;
}

/**
 * Receives a rule at the place where the compiler leaves it out. Proxies compile without one: then no reason is put
 * together.
 */
export type LeaveOut = (leftOut: LeftOut) => void;

/** Returns the place of a field. */
export function placeOf(resource: Resource, path: FieldPath): Place {
  return { resource: resourceKey(resource), origin: originOf(resource, path) };
}

/** Formats a place as `VirtualService/default/reviews (rules.yaml:5)`. */
export function describePlace({ resource, origin: { file, line } }: Place): string {
  return `${resource} (${file}:${line})`;
}

/** Returns the hosts of a VirtualService in full. */
export function fullHosts({ metadata, spec }: Extract<Resource, { kind: 'VirtualService' }>): string[] {
  return spec.hosts.map((host) => resolveHost(host, metadata.namespace));
}

/** Returns the statement that a rule is behind one that matches every request. */
export function afterCatchAll(
  rule: RuleSource,
  catchAll: RuleSource | undefined,
  hosts: readonly string[],
): LeftOut {
  const reason = `the rule in line ${catchAll?.origin.line} takes every request before it`;
  return { code: 'after-catch-all', ...rule, hosts, isWhole: false, reason };
}
