import {
  hasLabels,
  isOfKind,
  ROOT_NAMESPACE,
  type Client,
  type Gateway,
  type KubernetesGateway,
  type Resource,
} from '@bookinfo/rules';
import { DEFAULT_PORTS } from '@bookinfo/routing';

/** The label by which Istio finds the pods of a Gateway of the Gateway API. */
const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';

/** Istio's default ingress gateway, with the labels by which Gateway resources select it. */
export const INGRESS_GATEWAY: Client = {
  kind: 'gateway',
  namespace: ROOT_NAMESPACE,
  labels: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
};

/** A gateway's proxy. */
export interface GatewayProxy {
  /** The name of its Deployment in Istio. */
  name: string;
  client: Client;
  /** The ports of its listeners, ascending. */
  ports: readonly number[];
  /** True for Istio's default ingress gateway, which takes the requests that name no gateway. */
  isIngress: boolean;
}

/**
 * Returns the proxies of all gateways: the ingress gateway, which always listens to port 80, and one for each Gateway of the
 * Gateway API, named as Istio names its Deployment (istio/istio deploymentcontroller.go, getDefaultName).
 */
export function gatewayProxies(resources: readonly Resource[]): GatewayProxy[] {
  const classic = resources.filter((resource) => isOfKind(resource, 'Gateway'));
  const serversOf = (client: Client): number[] =>
    classic
      .filter((gateway) => selects(gateway, client))
      .flatMap(({ spec }) => spec.servers.map(({ port }) => serverPort(port.number)));
  const ownProxies = resources
    .filter((resource) => isOfKind(resource, 'Gateway.gateway.networking.k8s.io'))
    .map(({ metadata: { name, namespace }, spec }) => {
      const client = ownProxyOf(name, namespace);
      const ports = [...spec.listeners.map(({ port }) => port), ...serversOf(client)];
      return { name: `${name}-${spec.gatewayClassName}`, client, ports: ascending(ports), isIngress: false };
    });
  const ports = ascending([DEFAULT_PORTS.http, ...serversOf(INGRESS_GATEWAY)]);
  const ingress = { name: 'istio-ingressgateway', client: INGRESS_GATEWAY, ports, isIngress: true };
  return [ingress, ...ownProxies];
}

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

/** Port 80 of Istio's Service for the ingress gateway, and port 8080 of its pods, are one listener. */
const POD_PORT = 8080;

/** Returns the port of the listener of a Gateway's server. */
export function serverPort(number: number): number {
  return number === POD_PORT ? DEFAULT_PORTS.http : number;
}

/**
 * Returns the port of the gateway's listener for a URL. Without a listener of the URL's port, that is taken for a local one of
 * the listener of port 80.
 */
export function listenerPort(urlPort: number, listeners: Iterable<number>): number {
  return new Set(listeners).has(urlPort) ? urlPort : DEFAULT_PORTS.http;
}

function ascending(ports: readonly number[]): number[] {
  return [...new Set(ports)].toSorted((a, b) => a - b);
}
