import type { HeaderModifier, HTTPRouteFilter } from '@bookinfo/rules';
import { compileHeaders, type HeaderEdits } from '../virtual-service/headers.js';

/** Returns the filters' header changes as Istio's `headers` (istio/istio conversion.go, createHeadersFilter). */
export function headerEdits(filters: readonly HTTPRouteFilter[]): HeaderEdits {
  const request = filters.find((filter) => filter.requestHeaderModifier)?.requestHeaderModifier;
  const response = filters.find((filter) => filter.responseHeaderModifier)?.responseHeaderModifier;
  return compileHeaders({
    ...(request && { request: operations(request) }),
    ...(response && { response: operations(response) }),
  });
}

function operations({ set, add, remove }: HeaderModifier) {
  return { set: byName(set), add: byName(add), remove };
}

/** Keeps the first of names that differ only in case. */
function byName(headers: HeaderModifier['set']): Record<string, string> {
  return Object.fromEntries(headers.toReversed().map(({ name, value }) => [name.toLowerCase(), value]));
}
