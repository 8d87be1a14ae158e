import { DEFAULT_PORTS, type Forwarding } from '@bookinfo/routing';

/**
 * Returns the forwarding with the endpoint that the client called, if its cluster is of the type ORIGINAL_DST; otherwise
 * returns it unchanged. Envoy takes the address that the client has resolved; here the name is resolved again.
 */
export function toOriginalDestination(forwarding: Forwarding, authority: string): Forwarding {
  const { cluster } = forwarding;
  if (cluster.type !== 'ORIGINAL_DST') return forwarding;
  const { hostname, port } = new URL(`http://${authority}`);
  const endpoint = {
    address: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? DEFAULT_PORTS.http : Number(port),
    pod: authority,
    labels: {},
  };
  return { ...forwarding, cluster: { ...cluster, endpoints: [endpoint] } };
}
