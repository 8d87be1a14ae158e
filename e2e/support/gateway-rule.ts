/** Returns Bookinfo's rule of the ingress gateway with these routes in front of its own. */
export function gatewayRule(...routes: string[]): string {
  return `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bookinfo }
spec:
  hosts: ['*']
  gateways: [bookinfo-gateway]
  http:
${routes.map((route) => `    - ${route}\n`).join('')}    - route: [{ destination: { host: productpage, port: { number: 9080 } } }]
`;
}
