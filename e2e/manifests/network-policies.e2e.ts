import {
  type INetworkPolicyPeer,
  type INetworkPolicyPort,
  NetworkPolicy,
} from 'kubernetes-models/networking.k8s.io/v1';
import { expect, it } from 'vitest';
import { manifestsOf } from './deploy-files.ts';

const policies = manifestsOf('kustomize/components/network-policies/network-policies.yaml').filter(
  NetworkPolicy.is,
);

/** A pod of the cluster: its namespace, `bookinfo` for what the component is applied in, and its labels. */
interface Pod {
  namespace: string;
  labels: Record<string, string>;
}

const pods: Record<string, Pod> = {
  ...Object.fromEntries(
    ['productpage', 'details', 'reviews', 'ratings', 'mysqldb', 'mongodb'].map((app) => [
      app,
      { namespace: 'bookinfo', labels: { app } },
    ]),
  ),
  gateway: { namespace: 'istio-system', labels: { istio: 'ingressgateway' } },
  'bookinfo-gateway': gatewayPod('bookinfo-gateway'),
  waypoint: gatewayPod('waypoint'),
  istiod: { namespace: 'istio-system', labels: { app: 'istiod' } },
  dns: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  stranger: { namespace: 'bookinfo', labels: { app: 'stranger' } },
  'productpage elsewhere': { namespace: 'other', labels: { app: 'productpage' } },
};
const governed = ['productpage', 'details', 'reviews', 'ratings', 'mysqldb', 'mongodb'];

it('the network policies let through the edges of Bookinfo, names and istiod, and nothing else', () => {
  expect(edges((name) => name === 'waypoint')).toEqual({
    productpage: ['details:9080', 'reviews:9080', 'istiod:15012', 'dns:53'],
    details: ['istiod:15012', 'dns:53'],
    reviews: ['ratings:9080', 'istiod:15012', 'dns:53'],
    ratings: ['mysqldb:3306', 'mongodb:27017', 'istiod:15012', 'dns:53'],
    mysqldb: ['istiod:15012', 'dns:53'],
    mongodb: ['istiod:15012', 'dns:53'],
    gateway: ['productpage:9080'],
    'bookinfo-gateway': ['productpage:9080'],
    istiod: [],
    dns: [],
    stranger: [],
    'productpage elsewhere': [],
  });
});

it('in ambient mode the same edges are open on port 15008, and each pod and the waypoint reach each other', () => {
  for (const app of governed) {
    expect(isOpen('waypoint', app, 15008)).toBe(true);
    expect(isOpen(app, 'waypoint', 15008)).toBe(true);
  }
  expect(isOpen('productpage', 'details', 15008)).toBe(true);
  expect(isOpen('details', 'ratings', 15008)).toBe(false);
});

function gatewayPod(name: string): Pod {
  return { namespace: 'bookinfo', labels: { 'gateway.networking.k8s.io/gateway-name': name } };
}

/** For each pod what it can reach of the others that policies are about, or that its own policies are about. */
function edges(isLeftOut: (name: string) => boolean): Record<string, string[]> {
  const names = Object.keys(pods).filter((name) => !isLeftOut(name));
  const ports = [9080, 3306, 27017, 15012, 15010, 53, 443, 22];
  return Object.fromEntries(
    names.map((from) => [
      from,
      names
        .filter((to) => to !== from && (governed.includes(from) || governed.includes(to)))
        .flatMap((to) => ports.filter((port) => isOpen(from, to, port)).map((port) => `${to}:${port}`)),
    ]),
  );
}

/** As https://kubernetes.io/docs/concepts/services-networking/network-policies: both ends have to let a connection through. */
function isOpen(from: string, to: string, port: number): boolean {
  const [client, server] = [pods[from]!, pods[to]!];
  return allows(client, 'Egress', server, port) && allows(server, 'Ingress', client, port);
}

function allows(pod: Pod, type: 'Ingress' | 'Egress', other: Pod, port: number): boolean {
  const own = policies.filter(
    ({ spec }) => pod.namespace === 'bookinfo' && selects(spec?.podSelector, pod.labels),
  );
  const concerned = own.filter(({ spec }) => spec?.policyTypes?.includes(type));
  if (concerned.length === 0) return true;
  const entries = concerned.flatMap(({ spec }) =>
    type === 'Ingress'
      ? (spec?.ingress ?? []).map((rule) => ({ peers: rule.from, ports: rule.ports }))
      : (spec?.egress ?? []).map((rule) => ({ peers: rule.to, ports: rule.ports })),
  );
  return entries.some(
    ({ peers, ports }) => hasPort(ports, port) && (peers ?? []).some((peer) => isPeer(peer, other)),
  );
}

function hasPort(ports: readonly INetworkPolicyPort[] | undefined, port: number): boolean {
  return ports === undefined || ports.some((each) => each.port === port);
}

function isPeer({ ipBlock, namespaceSelector, podSelector }: INetworkPolicyPeer, pod: Pod): boolean {
  if (ipBlock) return false;
  const namespace = namespaceSelector
    ? selects(namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace })
    : pod.namespace === 'bookinfo';
  return namespace && selects(podSelector, pod.labels);
}

function selects(
  selector: {
    matchLabels?: Record<string, string>;
    matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
  } = {},
  labels: Record<string, string>,
): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(
      ({ key, operator, values }) => operator === 'In' && values?.includes(labels[key] ?? ''),
    )
  );
}
