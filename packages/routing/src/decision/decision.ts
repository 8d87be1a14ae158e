import type { Header } from '../http/header-list.js';
import type { Cluster } from '../route-table/cluster.js';
import type { ForwardAction, WeightedCluster } from '../route-table/route-action.js';
import type { RouteLookup } from './route-lookup.js';

/** The outcome of one request, and the route that led to it. */
export interface Decision {
  readonly lookup: RouteLookup;
  /** Delay before the outcome; 0 when none was drawn. */
  readonly delayMs: number;
  readonly outcome: Outcome;
}

/** A request that goes to a cluster. */
export interface Forwarding {
  kind: 'forward';
  cluster: Cluster;
  weightedCluster: WeightedCluster;
  action: ForwardAction;
  /** The path with its query, when the route rewrites it. */
  rewrittenPath?: string;
  /** The clusters that get a copy of this request. */
  mirrors: { cluster: Cluster; shadowHostSuffix: boolean }[];
}

export type Outcome =
  | Forwarding
  | { kind: 'redirect'; status: number; location: string }
  /** With the status 201 or 3xx, `location` is the URL of the request. */
  | { kind: 'direct-response'; status: number; body: string; location?: string }
  | {
      kind: 'abort';
      httpStatus: number;
      grpcStatus?: number;
      /** The destination whose changes to response headers apply; absent when no cluster of the route has any. */
      weightedCluster?: WeightedCluster;
    }
  /** The response to a preflight: 200 with these headers. */
  | { kind: 'cors-preflight'; headers: Header[] }
  | {
      kind: 'cluster-not-found';
      /** Absent when the route has no cluster at all. */
      weightedCluster: WeightedCluster | undefined;
      status: 503 | 500;
    }
  | { kind: 'route-not-found' }
  | { kind: 'passthrough' }
  /** REGISTRY_ONLY: a 502 at ports that have a listener, else the connection is closed. */
  | { kind: 'blocked'; hasListener: boolean };
