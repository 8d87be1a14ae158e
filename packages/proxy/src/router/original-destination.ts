import type { Forwarding } from '@bookinfo/routing';

const HTTP_PORT = 80;

/**
 * The same, with the endpoint that the request's client called if that is what the cluster stands for (ORIGINAL_DST).
 * Where Envoy takes the address that the client has looked up, here the name is looked up again.
 */
export function toOriginalDestination(forwarding: Forwarding, authority: string): Forwarding {
  const { cluster } = forwarding;
  if (cluster.type !== 'ORIGINAL_DST') return forwarding;
  const { hostname, port } = new URL(`http://${authority}`);
  const endpoint = {
    address: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? HTTP_PORT : Number(port),
    pod: authority,
    labels: {},
  };
  return { ...forwarding, cluster: { ...cluster, endpoints: [endpoint] } };
}
