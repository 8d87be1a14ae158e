import type { Source } from '@bookinfo/rules';
import type { Application } from '../application/application.js';
import { certain, flatMap } from '../predict/distribution.js';
import { respond } from '../predict/program.js';

/**
 * An invented application, other than Bookinfo: `front` calls `stock`, each attempt for at most a second and at most
 * twice, and responds with 200 or the status of the backend. Its page names the version of stock.
 */
export const shop: Application = {
  programs: {
    front: (identity, call, { path }) =>
      path === '/front/0'
        ? flatMap(call('http://stock:8080/stock/0', { timeoutMs: 1000, attempts: 2 }), (stock) =>
            certain(respond(identity, stock.status || 500, [stock])),
          )
        : certain(respond(identity, 404)),
  },
  gatewayPaths: ['/front/0'],
  pathsOf: (service) => [`/${service}/0`],
  headersFor: ({ headers: { 'x-trace': trace } }, _app, user) => ({
    ...(trace !== undefined && { 'x-trace': trace }),
    ...(user !== undefined && { 'x-user': user }),
  }),
  hopsOf: ({ 'x-hops': hops }) => (typeof hops === 'string' ? hops.split(',') : []),
  page: {
    path: '/front/0',
    controlPath: '/',
    userHeader: 'x-user',
    signInForm: (user) => ({ path: '/session', fields: { user } }),
    describe: (html) => /stock \S+/.exec(html)?.[0] ?? 'no stock',
    describePredicted: ({ status, path }) =>
      status === 200
        ? (path.findLast((hop) => hop.startsWith('stock-'))?.replace('-', ' ') ?? 'no stock')
        : undefined,
  },
};

/** Returns a file with the shop's Services, its workloads `front-v1`, `stock-v1` and `stock-v2`, and its gateway. */
export function shopManifests(namespace = 'default'): Source {
  const workloads = ['front-v1', 'stock-v1', 'stock-v2'].map((workload) => {
    const [app, version] = workload.split('-');
    return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${workload}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${app}, version: ${version} } }
  template:
    metadata: { labels: { app: ${app}, version: ${version} } }
    spec: { containers: [{ name: ${app}, image: 'shop/${app}:1', ports: [{ containerPort: 8080 }] }] }
`;
  });
  const services = ['front', 'stock'].map(
    (name) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${name} }, ports: [{ port: 8080, name: http }] }
`,
  );
  const gateway = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: shop, namespace: ${namespace} }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: ${namespace} }
spec: { hosts: ['*'], gateways: [shop], http: [{ route: [{ destination: { host: front } }] }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: stock, namespace: ${namespace} }
spec: { host: stock, subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }] }
`;
  return { file: `shop in ${namespace}.yaml`, text: [...services, ...workloads, gateway].join('---') };
}
