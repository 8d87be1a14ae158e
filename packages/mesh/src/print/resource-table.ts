import {
  istioServiceHost,
  type Kind,
  type Resource,
  type ResourceOf,
  type StoredResource,
} from '@bookinfo/rules';
import type { PodStatus } from '../runtime/pod-status.js';
import { formatAge } from './age.js';
import type { Table } from '@bookinfo/text';

/** The columns between NAME and AGE. */
type Columns<R> = Record<string, (resource: R, pods: readonly PodStatus[]) => string>;

/** kubectl's columns; for Istio's kinds those of the custom resource definitions. */
const COLUMNS: { [K in Kind]: Columns<ResourceOf<K>> } = {
  Service: {
    TYPE: ({ spec }) => spec.type ?? 'ClusterIP',
    'PORT(S)': ({ spec }) => spec.ports.map(({ port }) => `${port}/TCP`).join(','),
  },
  ServiceAccount: {},
  Namespace: {},
  Secret: { TYPE: ({ type }) => type, DATA: ({ data }) => String(Object.keys(data).length) },
  Deployment: {
    READY: (deployment, pods) => `${readyPods(deployment, pods)}/${deployment.spec.replicas}`,
    AVAILABLE: (deployment, pods) => String(readyPods(deployment, pods)),
  },
  Gateway: {},
  VirtualService: {
    GATEWAYS: ({ spec }) => JSON.stringify(spec.gateways),
    HOSTS: ({ spec }) => JSON.stringify(spec.hosts),
  },
  DestinationRule: { HOST: ({ spec }) => spec.host },
  RouteRule: {
    DESTINATION: ({ metadata, spec }) => istioServiceHost(spec.destination, metadata.namespace),
    PRECEDENCE: ({ spec }) => String(spec.precedence),
  },
  DestinationPolicy: {
    DESTINATION: ({ metadata, spec }) => istioServiceHost(spec.destination, metadata.namespace),
  },
  EgressRule: { DESTINATION: ({ spec }) => spec.destination.service },
  ServiceEntry: {
    HOSTS: ({ spec }) => JSON.stringify(spec.hosts),
    LOCATION: ({ spec }) => spec.location,
    RESOLUTION: ({ spec }) => spec.resolution,
  },
  Sidecar: {},
  Telemetry: {},
  'Gateway.gateway.networking.k8s.io': { CLASS: ({ spec }) => spec.gatewayClassName },
  HTTPRoute: { HOSTNAMES: ({ spec }) => (spec.hostnames.length === 0 ? '' : JSON.stringify(spec.hostnames)) },
  ReferenceGrant: {},
};

/** Returns the table of `get` for resources of one kind; `now` in milliseconds since 1970. */
export function resourceTable(
  kind: Kind,
  stored: readonly StoredResource[],
  pods: readonly PodStatus[],
  now: number,
): Table {
  const columns = Object.entries(COLUMNS[kind] as Columns<Resource>);
  return {
    columns: ['NAME', ...columns.map(([title]) => title), 'AGE'],
    rows: stored.map(({ resource, createdAt }) => [
      resource.metadata.name,
      ...columns.map(([, cell]) => cell(resource, pods)),
      formatAge(now - createdAt),
    ]),
  };
}

function readyPods({ metadata }: Resource, pods: readonly PodStatus[]): number {
  return pods.filter(
    (pod) => pod.ready && pod.deployment === metadata.name && pod.namespace === metadata.namespace,
  ).length;
}
