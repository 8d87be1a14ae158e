import { type Cluster, gatewayAddress } from '@bookinfo/cluster';
import { until } from '../../until.ts';

const NAME = 'istio-ingressgateway';

/** Istio's default ingress gateway. */
export const INGRESS = {
  kind: 'gateway' as const,
  namespace: 'istio-system',
  labels: { app: NAME, istio: 'ingressgateway' },
};

/** Returns the URL of a gateway's listener, by the name of its Deployment, once it answers. */
export async function gatewayUrlOf(cluster: Cluster, gateway: string, port: number): Promise<string> {
  const client =
    gateway === NAME
      ? INGRESS
      : {
          kind: 'gateway' as const,
          namespace: cluster.namespace,
          // Istio names the Deployment after the Gateway and its class (deploymentcontroller.go, getDefaultName).
          labels: { 'gateway.networking.k8s.io/gateway-name': gateway.replace(/-istio$/, '') },
        };
  let url = '';
  await until(`${gateway} answers`, async () => {
    const services = await cluster.list('Service', client.namespace);
    const address = await gatewayAddress(client, port, services, () => cluster.listNodes());
    if ('reason' in address) return false;
    url = new URL(`http://${address.host}`).origin;
    try {
      await (await fetch(url)).body?.cancel();
      return true;
    } catch {
      return false;
    }
  });
  return url;
}
