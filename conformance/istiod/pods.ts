import type { Pod, Resource } from '@bookinfo/rules';

const pod = (name: string, address: string, namespace = 'default', labels = labelsOf(name)) => ({
  name,
  namespace,
  address,
  labels,
});

/** The pods of the vectors. Their addresses are the ones of the comparison, because hashes depend on them. */
export const PODS = [
  pod('productpage-v1', '10.0.0.1'),
  pod('details-v1', '10.0.0.2'),
  pod('ratings-v1', '10.0.0.3'),
  pod('reviews-v1', '10.0.0.4'),
  pod('reviews-v2', '10.0.0.5'),
  pod('reviews-v3', '10.0.0.6'),
  pod('multi-v1', '10.0.0.7'),
  pod('shop-v1', '10.0.1.1', 'other'),
  pod('ratings-other', '10.0.1.2', 'other', { app: 'ratings', version: 'v1' }),
  pod('ingress', '10.0.2.1', 'istio-system', { istio: 'ingressgateway' }),
] as const;

/** Returns the pods, each with all ports that a Service sends to. */
export function podsOf(resources: readonly Resource[]): Pod[] {
  const targets = resources.flatMap((resource) => {
    if (resource.kind === 'Service')
      return resource.spec.ports.map(({ port, targetPort = port }) => targetPort);
    if (resource.kind !== 'ServiceEntry') return [];
    return resource.spec.ports.map(({ number, targetPort = number }) => targetPort);
  });
  const ports = Object.fromEntries(targets.map((port) => [port, port]));
  return PODS.map((each) => ({ ...each, ports, ready: true }));
}

function labelsOf(name: string): Record<string, string> {
  const [app = '', version = ''] = name.split('-');
  return { app, version };
}
