import type { HTTPMatchRequest, StringMatch, IstioHTTPRoute } from '@bookinfo/rules';
import { gatewayName } from './gateway-name.js';

/** A rule, and the namespace of its VirtualService. */
interface NamespacedRule {
  http: IstioHTTPRoute;
  namespace: string;
}

/** An entry of the merged match. */
interface MergedEntry {
  match: HTTPMatchRequest;
  /** Position in the delegate's match; absent when that has no entries. */
  leaf?: number;
}

/**
 * Returns a delegate's rule merged with the rule that delegates to it: fields of the delegate win, the root's fill the gaps,
 * and both matches must hold. Undefined when the delegate's match is not within that of the root (istio/istio
 * pilot/pkg/model/virtualservice.go, mergeHTTPRoute).
 */
export function mergeRule(
  root: NamespacedRule,
  leaf: NamespacedRule,
): { http: IstioHTTPRoute; entries: MergedEntry[] } | undefined {
  const entries = mergeMatches(matchesOf(root), matchesOf(leaf));
  if (!entries) return undefined;
  const match = entries.map((entry) => entry.match);
  const { delegate: _, ...inherited } = root.http;
  const mirrors = leaf.http.mirrors.length > 0 ? leaf.http.mirrors : inherited.mirrors;
  const http = { ...inherited, ...leaf.http, ...named(root.http, leaf.http), mirrors, match };
  return { http, entries };
}

/** Returns the name `root-leaf`, or that of the only one with a name. */
function named(root: { name?: string | undefined }, leaf: { name?: string | undefined }): { name?: string } {
  const name = [root.name, leaf.name].filter(Boolean).join('-');
  return name === '' ? {} : { name };
}

/** Returns the rule's matches with gateways qualified by namespace. */
function matchesOf({ http, namespace }: NamespacedRule): HTTPMatchRequest[] {
  return http.match.map((match) => ({
    ...match,
    gateways: match.gateways.map((reference) => gatewayName(reference, namespace)),
  }));
}

/** Merges each match of the leaf with every match of the root that it is within; undefined when one is within none. */
function mergeMatches(roots: HTTPMatchRequest[], leaves: HTTPMatchRequest[]): MergedEntry[] | undefined {
  if (leaves.length === 0) return roots.map((match) => ({ match }));
  const merged = leaves.map((match, leaf): MergedEntry[] =>
    roots.length === 0
      ? [{ match, leaf }]
      : roots
          .filter((root) => !isConflict(root, match))
          .map((root) => ({ match: mergeMatch(root, match), leaf })),
  );
  return merged.some((each) => each.length === 0) ? undefined : merged.flat();
}

function mergeMatch(root: HTTPMatchRequest, leaf: HTTPMatchRequest): HTTPMatchRequest {
  return {
    ...root,
    ...leaf,
    ...named(root, leaf),
    headers: { ...root.headers, ...leaf.headers },
    withoutHeaders: { ...root.withoutHeaders, ...leaf.withoutHeaders },
    queryParams: { ...root.queryParams, ...leaf.queryParams },
    sourceLabels: { ...root.sourceLabels, ...leaf.sourceLabels },
    gateways: leaf.gateways.length > 0 ? leaf.gateways : root.gateways,
  };
}

/**
 * Returns true when the leaf's match is not within the root's, by Istio's hasConflict: a sourceNamespace of the root must be
 * repeated, and a regular expression conflicts with any match of the same field.
 */
function isConflict(root: HTTPMatchRequest, leaf: HTTPMatchRequest): boolean {
  return (
    (['uri', 'scheme', 'method', 'authority'] as const).some((field) => differ(root[field], leaf[field])) ||
    (['headers', 'withoutHeaders', 'queryParams'] as const).some((field) =>
      Object.entries(leaf[field] ?? {}).some(([name, value]) => differ(root[field]?.[name], value)),
    ) ||
    (root.ignoreUriCase ?? false) !== (leaf.ignoreUriCase ?? false) ||
    (root.port !== undefined && leaf.port !== undefined && root.port !== leaf.port) ||
    (root.sourceNamespace !== undefined && root.sourceNamespace !== leaf.sourceNamespace) ||
    Object.entries(leaf.sourceLabels).some(([name, value]) => (root.sourceLabels[name] ?? value) !== value) ||
    (root.gateways.length > 0 && leaf.gateways.some((gateway) => !root.gateways.includes(gateway)))
  );
}

/** Returns true when a match of the leaf is not within that of the root, by Istio's comparison. */
function differ(root: StringMatch | undefined, leaf: StringMatch | undefined): boolean {
  if (!root || !leaf) return false;
  if (root.regex || leaf.regex) return true;
  if (root.exact) return leaf.exact !== root.exact;
  const text = leaf.prefix || leaf.exact;
  return !root.prefix || !text || !text.startsWith(root.prefix);
}
