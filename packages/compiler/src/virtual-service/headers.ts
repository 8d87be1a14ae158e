import { isHost, type HeaderOperations, type Headers } from '@bookinfo/rules';
import type { HeaderMutations, HeaderValue } from '@bookinfo/routing';

/** Header changes of a rule or a destination. */
export interface HeaderEdits {
  requestHeaders?: HeaderMutations;
  responseHeaders?: HeaderMutations;
  /** From `host` or `:authority` in `set` or, without one, in `add`. */
  hostRewrite?: string;
}

/** Compiles `headers` (istio/istio pilot/pkg/networking/core/route/route.go, TranslateHeadersOperations). */
export function compileHeaders({ request, response }: Headers = {}): HeaderEdits {
  const hostRewrite = hostIn(request?.set) ?? hostIn(request?.add);
  return {
    ...(request && { requestHeaders: mutations(request) }),
    ...(response && { responseHeaders: mutations(response) }),
    ...(hostRewrite !== undefined && { hostRewrite }),
  };
}

/** Joins the changes of a rule and of its single destination: Istio appends those of the destination. */
export function joinHeaders(rule: HeaderEdits, destination: HeaderEdits): HeaderEdits {
  const requestHeaders = joined(rule.requestHeaders, destination.requestHeaders);
  const responseHeaders = joined(rule.responseHeaders, destination.responseHeaders);
  return {
    ...destination,
    ...rule,
    ...(requestHeaders && { requestHeaders }),
    ...(responseHeaders && { responseHeaders }),
  };
}

function joined(first?: HeaderMutations, second?: HeaderMutations): HeaderMutations | undefined {
  if (!first || !second) return first ?? second;
  return { remove: [...first.remove, ...second.remove], add: [...first.add, ...second.add] };
}

function mutations({ remove, set, add }: HeaderOperations): HeaderMutations {
  return {
    remove: remove.map((name) => name.toLowerCase()),
    add: [...headerValues(set, false), ...headerValues(add, true)],
  };
}

/** Returns the headers sorted by name, as Istio does, without empty values, which Envoy drops (keep_empty_value). */
function headerValues(values: Readonly<Record<string, string>>, append: boolean): HeaderValue[] {
  return Object.entries(values)
    .filter(([name, value]) => !isHost(name) && value !== '')
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => ({ name: name.toLowerCase(), value, append }));
}

function hostIn(values: Readonly<Record<string, string>> = {}): string | undefined {
  return Object.entries(values).find(([name]) => isHost(name))?.[1];
}
