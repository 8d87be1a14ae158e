import type { Stubs } from './stubs.ts';

/** The context of the tests. */
export const CONTEXT = 'test';

/** A cluster without Istio and without Bookinfo, all of whose pods get ready with sidecars. */
export const EMPTY_CLUSTER = {
  kubectl: {
    'config get-contexts *': CONTEXT,
    '*auth can-i *': 'yes',
    '*get deployments -n * -o name': 'deployment.apps/details-v1',
    '*get pods -n bookinfo -l app *': 'details-v1-7d4  istio-proxy details',
  },
  istioctl: { 'version *': 'client version: 1.31.4' },
  curl: {},
} satisfies Stubs;

/** The same with an Istio that somebody else has installed. */
export function withIstio(tag: string): Stubs {
  return {
    ...EMPTY_CLUSTER,
    kubectl: {
      ...EMPTY_CLUSTER.kubectl,
      '*get deployments -A -l app=istiod *': `docker.io/istio/pilot:${tag}`,
      '*get mutatingwebhookconfigurations *': 'mutatingwebhookconfiguration/istio-sidecar-injector',
    },
  };
}

/** The calls that change a cluster. */
export function changes(calls: readonly string[]): string[] {
  return calls.filter((call) =>
    / (apply|create|delete|label|annotate|install|uninstall) /.test(
      `${call.replace('auth can-i create', '')} `,
    ),
  );
}
