/** Returns a VirtualService for a host; `http` is a YAML flow sequence. */
export function virtualService(host: string, http: string, name = host): string {
  return `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec: { hosts: ['${host}'], http: ${http} }
`;
}

/** Returns a VirtualService for a host of the Gateway `all`. */
export function boundVirtualService(host: string, http: string, name: string): string {
  return `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec: { hosts: ['${host}'], gateways: [all], http: ${http} }
`;
}

/** A Gateway for all hosts. */
export const GATEWAY_FOR_ALL = `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: all }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
`;

/** Returns the route of a rule to versions of reviews; each may have a weight, as in `v1 90`. */
export function to(...versions: string[]): string {
  const destinations = versions.map((each) => {
    const [version, weight] = each.split(' ');
    const share = weight === undefined ? '' : `, weight: ${weight}`;
    return `{ destination: { host: reviews, subset: ${version} }${share} }`;
  });
  return `route: [${destinations.join(', ')}]`;
}
