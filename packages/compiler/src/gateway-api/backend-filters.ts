import type { HTTPRoute } from '@bookinfo/rules';

/** The filters that Istio has for a backend; it has all of them for a rule. */
const BACKEND_FILTERS: readonly string[] = ['RequestHeaderModifier', 'ResponseHeaderModifier'];

/**
 * Returns why Istio takes no rule of this route: another filter of a backend that gets requests. The API has them all; the
 * conversion of the route ends at the first one (istio/istio conversion.go, buildHTTPDestination).
 */
export function backendFilterReason({ spec }: HTTPRoute): string | undefined {
  const types = spec.rules
    .flatMap(({ backendRefs }) => backendRefs)
    .filter(({ weight }) => weight > 0)
    .flatMap(({ filters }) => filters.map(({ type }) => type));
  const unsupported = types.find((type) => !BACKEND_FILTERS.includes(type));
  return (
    unsupported && `Istio has no filter ${unsupported} of a backend (write it in the filters of the rule)`
  );
}
