import { isOfKind, ROOT_NAMESPACE, type Client, type Resource } from '@bookinfo/rules';
import { DEFAULT_PORTS } from '@bookinfo/routing';
import { credentialOf, type Credential } from './credentials.js';
import { ownProxyOf } from './gateway-selection.js';
import { gatewayServers } from './gateway-servers.js';

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
  /** By their port, ascending. */
  listeners: readonly ProxyListener[];
  /** True for Istio's default ingress gateway, which takes the requests that name no gateway. */
  isIngress: boolean;
}

/** A port that a gateway's proxy listens to. */
export interface ProxyListener {
  port: number;
  /** Its servers, if it is one of HTTPS. */
  tls?: readonly HttpsServer[];
}

/** A server of HTTPS. */
export interface HttpsServer {
  /** As in `RouteConfiguration`. */
  serverNames: readonly string[];
  credential: Credential;
}

/**
 * Returns the proxies of all gateways: the ingress gateway, which always listens to port 80, and one for each Gateway of the
 * Gateway API, named as Istio names its Deployment (istio/istio deploymentcontroller.go, getDefaultName).
 */
export function gatewayProxies(resources: readonly Resource[]): GatewayProxy[] {
  const proxyOf = (name: string, client: Client): Omit<GatewayProxy, 'isIngress'> => ({
    name,
    client,
    listeners: listenersOf(resources, client),
  });
  const ingress = proxyOf('istio-ingressgateway', INGRESS_GATEWAY);
  const isAtHttp = ingress.listeners.some(({ port }) => port === DEFAULT_PORTS.http);
  const listeners = isAtHttp ? ingress.listeners : [{ port: DEFAULT_PORTS.http }, ...ingress.listeners];
  const ownProxies = resources
    .filter((resource) => isOfKind(resource, 'Gateway.gateway.networking.k8s.io'))
    .map(({ metadata: { name, namespace }, spec }) => ({
      ...proxyOf(`${name}-${spec.gatewayClassName}`, ownProxyOf(name, namespace)),
      isIngress: false,
    }));
  return [{ ...ingress, listeners: byPort(listeners), isIngress: true }, ...ownProxies];
}

function listenersOf(resources: readonly Resource[], client: Client): ProxyListener[] {
  const { servers } = gatewayServers(resources, client);
  const listeners = Array.from(
    Map.groupBy(servers, ({ port }) => port),
    ([port, atPort]): ProxyListener => {
      const tls = atPort.flatMap((server) =>
        server.serverNames
          ? [{ serverNames: server.serverNames, credential: credentialOf(server, client, resources) }]
          : [],
      );
      return tls.length > 0 ? { port, tls } : { port };
    },
  );
  return byPort(listeners);
}

/**
 * Returns the port of the gateway's listener for a URL. Without a listener of the URL's port, that is taken for a local one of
 * the listener of port 80, or for https of the only one of HTTPS, or of port 443.
 */
export function listenerPort(
  url: { port: number; scheme: 'http' | 'https' },
  listeners: readonly { port: number; scheme: 'http' | 'https' }[],
): number {
  if (listeners.some(({ port }) => port === url.port)) return url.port;
  const [first, ...others] = listeners.filter(({ scheme }) => scheme === 'https');
  return url.scheme === 'https' && first && others.length === 0 ? first.port : DEFAULT_PORTS[url.scheme];
}

function byPort(listeners: readonly ProxyListener[]): ProxyListener[] {
  return listeners.toSorted((a, b) => a.port - b.port);
}
