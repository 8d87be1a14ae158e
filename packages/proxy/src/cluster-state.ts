/** What is under way at one cluster of a proxy. */
export interface ClusterState {
  cluster: string;
  endpoints: number;
  /** Endpoints that get no requests because they have failed too often. */
  ejected: number;
  connections: number;
  /** Requests on connections. */
  requests: number;
  /** Requests that wait for a connection. */
  pendingRequests: number;
}
