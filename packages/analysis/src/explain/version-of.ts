import type { Endpoint } from '@bookinfo/routing';

/**
 * Returns the workload of an endpoint as `app-version`, such as `reviews-v2`, by the labels that Istio recommends. Without
 * these labels it is the name of the pod.
 */
export function versionOf({ labels: { app, version }, pod }: Endpoint): string {
  return app === undefined || version === undefined ? pod : `${app}-${version}`;
}
