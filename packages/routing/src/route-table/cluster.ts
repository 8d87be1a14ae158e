/** Endpoints that a route can send requests to, and the settings for doing so. */
export interface Cluster {
  /** `outbound|<port>|<subset>|<fqdn>`. */
  name: string;
  /**
   * `EDS`: endpoints are pods. `STATIC`, `STRICT_DNS`: addresses or names of a ServiceEntry; `LOGICAL_DNS` (its
   * DNS_ROUND_ROBIN): one name. `ORIGINAL_DST`: the address that the client called, so the cluster has no endpoints.
   */
  type: 'EDS' | 'STATIC' | 'STRICT_DNS' | 'LOGICAL_DNS' | 'ORIGINAL_DST';
  lbPolicy: LbPolicy;
  connectTimeoutMs: number;
  circuitBreakers: CircuitBreakers;
  /** 0 for no limit, 1 for no kept-alive connections. */
  maxRequestsPerConnection: number;
  /** Idle time after which a connection is closed; 0 for Envoy's default of an hour. */
  idleTimeoutMs: number;
  outlierDetection?: OutlierDetection;
  /** Present when the proxy originates TLS (SIMPLE). */
  tls?: TlsOrigination;
  /** The address that connections to the endpoints come from; absent for the system's choice. */
  sourceAddress?: string;
  endpoints: readonly Endpoint[];
  /** The pods behind `endpoints`, so that these can follow the pods without another compilation; absent without pods. */
  podSelector?: PodSelector;
}

/** Selects the ready pods of a namespace that have all of these labels and listen to the port of their manifest. */
export interface PodSelector {
  namespace: string;
  matchLabels: readonly Readonly<Record<string, string>>[];
  targetPort: number;
}

export type LbPolicy =
  | { kind: 'LEAST_REQUEST' | 'ROUND_ROBIN'; slowStart?: SlowStart }
  | { kind: 'RANDOM' | 'CLUSTER_PROVIDED' }
  | { kind: 'RING_HASH'; minimumRingSize: number }
  | { kind: 'MAGLEV'; tableSize: number };

/** The growth of the weight of a new endpoint from a share to all of it (Envoy: slow_start_config). */
export interface SlowStart {
  windowMs: number;
  /** 1 for a linear growth; above, the weight grows faster at first. */
  aggression: number;
  /** The least weight, from 0 to 100. */
  minWeightPercent: number;
}

/** Limits of one proxy for one cluster. */
export interface CircuitBreakers {
  maxConnections: number;
  /** Requests that wait for a connection. */
  maxPendingRequests: number;
  /** Active requests. */
  maxRequests: number;
  /** Active retries. */
  maxRetries: number;
}

/** Conditions under which an endpoint is ejected for a while (Envoy: outlier_detection). A count of 0 disables a condition. */
export interface OutlierDetection {
  consecutive5xx: number;
  consecutiveGatewayFailure: number;
  /** Counted separately from the two above with `splitExternalLocalOriginErrors`. */
  consecutiveLocalOriginFailure: number;
  splitExternalLocalOriginErrors: boolean;
  intervalMs: number;
  /** Multiplied by the number of ejections so far. */
  baseEjectionTimeMs: number;
  maxEjectionPercent: number;
  /** Below this share of healthy endpoints ejections are ignored (panic); 0, Istio's default, disables that. */
  minHealthPercent: number;
}

export interface TlsOrigination {
  /** Default: the name in the Host header. */
  sni?: string;
  subjectAltNames: string[];
  insecureSkipVerify: boolean;
}

export interface Endpoint {
  address: string;
  port: number;
  /** Name of the pod; the address of an external endpoint. */
  pod: string;
  /** Labels of the pod; empty for an external endpoint without labels. */
  labels: Readonly<Record<string, string>>;
  /** Its share of the requests in relation to other endpoints; absent for 1. */
  weight?: number;
}

/** Returns the address as Envoy writes and hashes it, `10.0.0.1:80` or `[::1]:80`; it identifies the endpoint in every table. */
export function endpointKey({ address, port }: Pick<Endpoint, 'address' | 'port'>): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Returns Istio's name of a cluster; `subset` is empty for all pods of the host. */
export function clusterName(port: number, subset: string, host: string): string {
  return `outbound|${port}|${subset}|${host}`;
}

const ADDRESS_PREFIX = 'PassthroughCluster|';

/** Returns the name of the cluster of a Service's own address, for sidecars to which its host is unknown. */
export function clusterAddressName(port: number, host: string): string {
  return `${ADDRESS_PREFIX}${port}||${host}`;
}

/** Returns true for a name that `clusterAddressName` has returned. */
export function isClusterAddress(cluster: string): boolean {
  return cluster.startsWith(ADDRESS_PREFIX);
}

/** Istio's default for every cluster (mesh config: connectTimeout). */
export const CONNECT_TIMEOUT_MS = 10_000;

/** Istio's default circuit breakers, in effect unlimited (pilot/pkg/networking/core/cluster_traffic_policy.go). */
export const UNLIMITED: CircuitBreakers = {
  maxConnections: 2 ** 32 - 1,
  maxPendingRequests: 2 ** 32 - 1,
  maxRequests: 2 ** 32 - 1,
  maxRetries: 2 ** 32 - 1,
};
