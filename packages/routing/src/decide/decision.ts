import type { Header } from '../http/header-list.js';
import type { Cluster } from '../route-table/cluster.js';
import type { ForwardAction, WeightedCluster } from '../route-table/route-action.js';
import type { Route, VirtualHost } from '../route-table/route-table.js';

/** What the decision depends on; header names are lower-case, several values of one header joined with `,`. */
export interface RouteRequest {
  /** The one that the client called; at a gateway that of the listener. */
  port: number;
  method: string;
  scheme: 'http' | 'https';
  /** The Host header as sent, port included. */
  authority: string;
  /** Normalized, with its query string. */
  path: string;
  headers: Readonly<Record<string, string>>;
}

/** What happens to one request, and why. */
export interface Decision {
  readonly virtualHost: VirtualHost | undefined;
  readonly route: Route | undefined;
  /** The routes before the one that won, in order, each with the first part of its match that did not hold. */
  readonly passedOver: PassedOver[];
  /** Served before the outcome; 0 when no delay was drawn. */
  readonly delayMs: number;
  readonly outcome: Outcome;
}

export interface PassedOver {
  route: Route;
  reason: string;
}

export type Outcome =
  | {
      kind: 'forward';
      cluster: Cluster;
      weightedCluster: WeightedCluster;
      action: ForwardAction;
      /** The clusters that get a copy of this request. */
      mirrors: { cluster: Cluster; shadowHostSuffix: boolean }[];
    }
  | { kind: 'redirect'; status: number; location: string }
  | { kind: 'direct-response'; status: number; body: string }
  | {
      kind: 'abort';
      httpStatus: number;
      grpcStatus?: number;
      /** Whose changes to the answer's headers apply; absent where none of the route's clusters has any. */
      weightedCluster?: WeightedCluster;
    }
  /** The response to a preflight: 200 with these headers. */
  | { kind: 'cors-preflight'; headers: Header[] }
  | {
      kind: 'cluster-not-found';
      /** Absent when the route has none at all. */
      weightedCluster: WeightedCluster | undefined;
      status: 503 | 500;
    }
  | { kind: 'route-not-found' }
  | { kind: 'passthrough' }
  /** REGISTRY_ONLY: 502 where there is a listener for the port, else the connection is closed. */
  | { kind: 'blocked'; hasListener: boolean };
