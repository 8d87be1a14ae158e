import { type HTTPRouteFilter, type RequestMirror, istioHas } from '@bookinfo/rules';
import type { RequestMirrorPolicy } from '@bookinfo/routing';
import type { Backend } from './backends.js';

/** Returns the mirrors of the filters, without invalid references and without shares of 0. */
export function compileMirrors(
  filters: readonly HTTPRouteFilter[],
  resolve: (reference: RequestMirror['backendRef']) => Backend,
  istioVersion: string,
): RequestMirrorPolicy[] {
  return filters
    .flatMap(({ requestMirror }) => requestMirror ?? [])
    .flatMap((mirror) => {
      const { cluster, unresolvedReason } = resolve(mirror.backendRef);
      const percentage = percentageOf(mirror);
      if (unresolvedReason !== undefined || percentage === 0) return [];
      return [{ cluster, percentage, shadowHostSuffix: !istioHas(istioVersion, 'mirrorsKeepHost') }];
    });
}

function percentageOf({ percent, fraction }: RequestMirror): number {
  return fraction ? (100 * fraction.numerator) / fraction.denominator : (percent ?? 100);
}
