/** Endpoints that a route can send to, and how. */
export interface Cluster {
  /** `outbound|<port>|<subset>|<fqdn>`. */
  name: string;
  /**
   * `EDS`: endpoints are pods. `STATIC`, `STRICT_DNS`: addresses or names of a ServiceEntry; `LOGICAL_DNS` (its
   * DNS_ROUND_ROBIN): one name. `ORIGINAL_DST`: whom the client called, so it has no endpoints.
   */
  type: 'EDS' | 'STATIC' | 'STRICT_DNS' | 'LOGICAL_DNS' | 'ORIGINAL_DST';
  lbPolicy: LbPolicy;
  connectTimeoutMs: number;
  circuitBreakers: CircuitBreakers;
  /** 0 for no limit, 1 for no kept-alive connections. */
  maxRequestsPerConnection: number;
  /** After which an unused connection is closed; 0 for Envoy's default of an hour. */
  idleTimeoutMs: number;
  outlierDetection?: OutlierDetection;
  /** Present where the proxy makes the TLS connection (SIMPLE). */
  tls?: TlsOrigination;
  endpoints: readonly Endpoint[];
}

export type LbPolicy =
  | { kind: 'LEAST_REQUEST' | 'RANDOM' | 'ROUND_ROBIN' | 'CLUSTER_PROVIDED' }
  | { kind: 'RING_HASH'; minimumRingSize: number }
  | { kind: 'MAGLEV'; tableSize: number };

/** Limits of one proxy for one cluster. */
export interface CircuitBreakers {
  maxConnections: number;
  /** Requests that wait for a connection. */
  maxPendingRequests: number;
  /** Requests under way. */
  maxRequests: number;
  /** Retries under way. */
  maxRetries: number;
}

/** When an endpoint is left out for a while (Envoy: outlier_detection). Counts of 0 switch a reason off. */
export interface OutlierDetection {
  consecutive5xx: number;
  consecutiveGatewayFailure: number;
  /** Counted apart from the two above where `splitExternalLocalOriginErrors`. */
  consecutiveLocalOriginFailure: number;
  splitExternalLocalOriginErrors: boolean;
  intervalMs: number;
  /** Times the number of ejections so far. */
  baseEjectionTimeMs: number;
  maxEjectionPercent: number;
  /** Below it ejections are ignored (panic); 0 switches that off, Istio's default. */
  minHealthPercent: number;
}

export interface TlsOrigination {
  /** Absent: the Host header's name. */
  sni?: string;
  subjectAltNames: string[];
  insecureSkipVerify: boolean;
}

export interface Endpoint {
  address: string;
  port: number;
  /** The pod's name, or for an external endpoint its address. */
  pod: string;
  /** The pod's; empty for an external endpoint without labels. */
  labels: Readonly<Record<string, string>>;
}

/** Returns the address as Envoy writes and hashes it, `10.0.0.1:80` or `[::1]:80`; it identifies the endpoint in every table. */
export function endpointKey({ address, port }: Pick<Endpoint, 'address' | 'port'>): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
