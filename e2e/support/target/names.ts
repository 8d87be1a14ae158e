/** The targets of the suite, with what each of them is. */
export const TARGETS = {
  local: 'Bookinfo under its mesh on this machine, by the embedded proxies',
  envoy: 'the same with real Envoys, found by ENVOY_PATH or on the PATH',
  kube: 'Bookinfo in a namespace of a cluster with Istio: --context NAME, --namespace NAME',
  compose: 'the containers of compose.yaml; with PROXY=node by the embedded proxies, else by Envoys',
} as const;

/** The name of a target. */
export type TargetName = keyof typeof TARGETS;

/** Tests whether this is the name of a target. */
export function isTargetName(name: string): name is TargetName {
  return Object.hasOwn(TARGETS, name);
}
