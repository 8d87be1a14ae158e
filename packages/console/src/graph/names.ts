import type { GraphEdge, GraphNode } from '../api/types.ts';

/** Returns the key of an edge; a workload may call another under more than one service. */
export function edgeId({ from, to, service }: Pick<GraphEdge, 'from' | 'to' | 'service'>): string {
  return `${from} ${to} ${service}`;
}

/** Returns a service's name without the suffix of the cluster's domain. */
export function shortService(service: string): string {
  return service.replace(/\.default\.svc\.cluster\.local$/, '').replace(/\.svc\.cluster\.local$/, '');
}

/** Returns an id of the graph without the default namespace. */
export function shortId(id: string): string {
  return id.replace(/^default\//, '');
}

/** Returns the service that a node is drawn in: nodes of one app are its versions. */
export function groupOf({ kind, namespace, app, name }: GraphNode): string {
  return kind === 'workload' ? `${namespace}/${app ?? name}` : '';
}
