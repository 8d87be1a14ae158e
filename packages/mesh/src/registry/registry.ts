import type { Resource, Service } from '../resources/resource.js';
import { resolveHost, serviceHost } from './host.js';
import { hasLabels, type Labels } from './labels.js';

/** A running copy of a workload. */
export interface Pod {
  name: string;
  namespace: string;
  labels: Labels;
  /** Where it can be reached; locally several pods share one. */
  address: string;
  /** By the port that its manifest names (containerPort): the port it really listens to. */
  ports: Readonly<Record<number, number>>;
  ready: boolean;
}

/** Who serves which host: the Services, joined to their ready pods. */
export interface Registry {
  services: readonly RegisteredService[];
  /**
   * The Service that a host stands for when a resource or a client of `fromNamespace` names it: `reviews` in its own
   * namespace, or a full name. `undefined` when there is none.
   */
  service(host: string, fromNamespace: string): RegisteredService | undefined;
}

/** A Service and who serves it. */
export interface RegisteredService {
  name: string;
  namespace: string;
  /** Its full name, `reviews.default.svc.cluster.local`. */
  host: string;
  /** In the order of the manifest, at least one. */
  ports: readonly ServicePort[];
}

/** One port of a Service. */
export interface ServicePort {
  number: number;
  /** The ready pods that serve it. */
  endpoints: readonly { pod: Pod; port: number }[];
}

/** Joins Services to pods of their namespace by selector; pods that are not ready are left out. */
export function buildRegistry(resources: readonly Resource[], pods: readonly Pod[]): Registry {
  const services = resources
    .filter((resource) => resource.kind === 'Service')
    .map((one) => register(one, pods));
  const byHost = new Map(services.map((service) => [service.host, service]));
  return {
    services,
    service: (host, fromNamespace) => byHost.get(resolveHost(host, fromNamespace)),
  };
}

function register({ metadata, spec }: Service, pods: readonly Pod[]): RegisteredService {
  const { name, namespace } = metadata;
  const { selector = {} } = spec;
  // Without a selector Kubernetes finds no pods, rather than all of them.
  const ready =
    Object.keys(selector).length === 0
      ? []
      : pods.filter((pod) => pod.ready && pod.namespace === namespace && hasLabels(pod.labels, selector));
  const ports = spec.ports.map(({ port, targetPort = port }) => ({
    number: port,
    endpoints: ready.flatMap((pod) => {
      // A port that the pod does not open here may be anybody's on this machine.
      const real = pod.ports[targetPort];
      return real === undefined ? [] : [{ pod, port: real }];
    }),
  }));
  return { name, namespace, host: serviceHost(name, namespace), ports };
}
