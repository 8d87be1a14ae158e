import { hasLabels, type Client } from '@bookinfo/rules';
import type { KubeObject } from '../kube-object.js';

interface ServiceSpec {
  type?: string;
  selector?: Record<string, string>;
  ports?: { port: number; nodePort?: number }[];
}

interface ServiceStatus {
  loadBalancer?: { ingress?: { ip?: string; hostname?: string }[] };
}

interface NodeStatus {
  addresses?: { type: string; address: string }[];
}

/** Where a port of a gateway is: a host with its port, or a sentence on how to get one. */
export type GatewayAddress = { host: string } | { reason: string };

/**
 * Returns the address of a port of a gateway: that of its Service's load balancer, else the port that every node opens for it.
 * @param nodes lists the nodes
 */
export async function gatewayAddress(
  { namespace, labels }: Client,
  port: number,
  services: readonly KubeObject[],
  nodes: () => Promise<KubeObject[]>,
): Promise<GatewayAddress> {
  const selecting = services.filter((service) => {
    const { selector = {} } = specOf(service);
    return (
      service.metadata.namespace === namespace &&
      Object.keys(selector).length > 0 &&
      hasLabels(labels, selector)
    );
  });
  const service = selecting.find((each) => (specOf(each).ports ?? []).some((entry) => entry.port === port));
  if (!service) {
    const wanted = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    return {
      reason: `no Service of the namespace ${namespace} selects the gateway (${wanted.join(', ')}) with port ${port}`,
    };
  }
  const [balancer] = (service.status as ServiceStatus | undefined)?.loadBalancer?.ingress ?? [];
  const address = balancer?.ip ?? balancer?.hostname;
  if (address !== undefined) return { host: hostOf(address, port) };
  const nodePort = specOf(service).ports?.find((entry) => entry.port === port)?.nodePort;
  const node = nodePort === undefined ? undefined : nodeAddress(await nodes());
  if (node !== undefined && nodePort !== undefined) return { host: hostOf(node, nodePort) };
  const { name } = service.metadata;
  return {
    reason: `the Service ${namespace}/${name} has no address outside of the cluster: run kubectl port-forward -n ${namespace} service/${name} 8080:${port}, and give --url http://localhost:8080`,
  };
}

function specOf({ spec }: KubeObject): ServiceSpec {
  return spec as ServiceSpec;
}

function nodeAddress(nodes: readonly KubeObject[]): string | undefined {
  const addresses = nodes.flatMap(({ status }) => (status as NodeStatus | undefined)?.addresses ?? []);
  const of = (wanted: string) => addresses.find(({ type }) => type === wanted)?.address;
  return of('ExternalIP') ?? of('InternalIP');
}

function hostOf(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
