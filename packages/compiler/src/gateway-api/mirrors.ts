import { type HTTPRouteFilter, type RequestMirror, istioHas } from '@bookinfo/rules';
import type { RequestMirrorPolicy } from '@bookinfo/routing';
import type { Backend } from './backends.js';

/** Where copies go; what leads nowhere is left out, as is a share of 0. */
export function compileMirrors(
  filters: readonly HTTPRouteFilter[],
  resolve: (reference: RequestMirror['backendRef']) => Backend,
  istioVersion: string,
): RequestMirrorPolicy[] {
  return filters
    .flatMap(({ requestMirror }) => requestMirror ?? [])
    .flatMap((mirror) => {
      const { cluster, flaw } = resolve(mirror.backendRef);
      const percentage = percentageOf(mirror);
      if (flaw !== undefined || percentage === 0) return [];
      return [{ cluster, percentage, shadowHostSuffix: !istioHas(istioVersion, 'mirrorsKeepHost') }];
    });
}

function percentageOf({ percent, fraction }: RequestMirror): number {
  return fraction ? (100 * fraction.numerator) / fraction.denominator : (percent ?? 100);
}
