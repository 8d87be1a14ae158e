import { type HTTPMirror, istioHas } from '@bookinfo/rules';
import { destinationCluster } from './destination-cluster.js';
import type { Listener } from '../virtual-hosts/listener.js';
import type { RequestMirrorPolicy } from '@bookinfo/routing';

/**
 * Returns the mirrors of a rule: 100 % without a percentage, none at 0 (istio/istio
 * pilot/pkg/networking/core/route/route.go, MirrorPercent).
 */
export function compileMirrors(
  rule: HTTPMirror,
  namespace: string,
  listener: Listener,
): RequestMirrorPolicy[] {
  const percentage = rule.mirrorPercentage?.value ?? rule.mirrorPercent ?? rule.mirror_percent ?? 100;
  const only = rule.mirror ? [{ destination: rule.mirror, percentage: { value: percentage } }] : [];
  const shadowHostSuffix = !istioHas(listener.istioVersion, 'mirrorsKeepHost');
  return [...only, ...(rule.mirrors ?? [])]
    .map(({ destination, percentage: share }) => ({
      cluster: destinationCluster(destination, namespace, listener),
      percentage: share?.value ?? 100,
      shadowHostSuffix,
    }))
    .filter((policy) => policy.percentage > 0);
}
