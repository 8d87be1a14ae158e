import { type GraphEdge, workloadId } from '@bookinfo/telemetry';
import type { ResponseOf } from '../admin/api.js';
import type { GatewayListener } from '../control/gateway-listener.js';
import type { PodStatus } from '../runtime/pod-status.js';

export type GraphNode = ResponseOf<'graph'>['nodes'][number];

/** What is not a workload: the kind and the host of `service:reviews.default.svc.cluster.local`. */
const HOST = /^(service|external):(.*)$/;
const NO_PODS = { pods: 0, readyPods: 0, restarts: 0, ejected: 0 };

interface Parts {
  gateways: readonly GatewayListener[];
  pods: readonly PodStatus[];
  /** The addresses of the pods that are ejected. */
  ejected: ReadonlySet<string>;
  edges: readonly GraphEdge[];
}

/** Returns the nodes of the graph: gateways and workloads, with or without traffic, and all that an edge leads to. */
export function graphNodes({ gateways, pods, ejected, edges }: Parts): GraphNode[] {
  const nodes = new Map<string, GraphNode>();
  for (const { gateway: name, namespace } of gateways) {
    const id = workloadId({ namespace, workload: name });
    nodes.set(id, { id, kind: 'gateway', namespace, name, ...NO_PODS });
  }
  for (const [id, own] of Map.groupBy(pods, workloadOf)) nodes.set(id, workloadNode(id, own, ejected));
  for (const id of edges.flatMap(({ from, to }) => [from, to]))
    if (!nodes.has(id)) nodes.set(id, otherNode(id));
  return [...nodes.values()];
}

function workloadOf({ namespace, deployment }: PodStatus): string {
  return workloadId({ namespace, workload: deployment });
}

function workloadNode(id: string, pods: readonly PodStatus[], ejected: ReadonlySet<string>): GraphNode {
  const { namespace = '', deployment = '', labels = {} } = pods[0] ?? {};
  const { app, version } = labels;
  const current = pods.filter(({ phase }) => phase !== 'Terminating');
  return {
    id,
    kind: 'workload',
    namespace,
    name: deployment,
    ...(app !== undefined && { app }),
    ...(version !== undefined && { version }),
    pods: current.length,
    readyPods: current.filter(({ ready }) => ready).length,
    restarts: current.reduce((sum, { restarts }) => sum + restarts, 0),
    ejected: current.filter(({ address }) => address !== undefined && ejected.has(address)).length,
  };
}

/** Returns the node of a host, or of a workload whose pods are gone. */
function otherNode(id: string): GraphNode {
  const [, kind, host = ''] = HOST.exec(id) ?? [];
  if (kind === 'service' || kind === 'external') {
    const [, namespace = ''] = /^[^.]+\.([^.]+)\.svc\./.exec(host) ?? [];
    return { id, kind, namespace, name: host, ...NO_PODS };
  }
  const [namespace = '', name = ''] = id.split('/');
  return { id, kind: 'workload', namespace, name, ...NO_PODS };
}
