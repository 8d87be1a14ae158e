import { hasLabels, type Client, type Gateway, type KubernetesGateway } from '@bookinfo/rules';

/** The label by which Istio finds the pods of a Gateway of the Gateway API. */
const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';

/** Returns the proxy of a Gateway of the Gateway API, with the label that Istio gives it. */
export function ownProxyOf(name: string, namespace: string): Client {
  return { kind: 'gateway', namespace, labels: { [GATEWAY_NAME_LABEL]: name } };
}

/** Returns true when the Gateway's selector selects the proxy. */
export function selects({ spec }: Gateway, client: Client): boolean {
  return hasLabels(client.labels, spec.selector);
}

/** Returns true when the proxy is that of this Gateway of the Gateway API. */
export function isProxyOf({ metadata }: KubernetesGateway, { namespace, labels }: Client): boolean {
  return metadata.namespace === namespace && metadata.name === labels[GATEWAY_NAME_LABEL];
}
