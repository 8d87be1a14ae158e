import type { Labels } from './labels.js';

/** A host with its endpoints: a Service, or a host of a ServiceEntry. */
export interface RegisteredService {
  /** The name of the resource. */
  name: string;
  namespace: string;
  /** Its full name, `reviews.default.svc.cluster.local`; a ServiceEntry's may be a wildcard. */
  host: string;
  /** Addresses that clients may call instead, without ranges. */
  addresses: readonly string[];
  /** In the order of the manifest, at least one. */
  ports: readonly ServicePort[];
  /**
   * The source of its endpoints. `PODS`: the selector of a Service. Else the `resolution` of a ServiceEntry: IP addresses
   * (`STATIC`), names to look up (`DNS`), or the address that the client called (`NONE`).
   */
  resolution: 'PODS' | 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN' | 'NONE';
  /** The namespaces that it is visible to: `.`, `*`, `~` or names; empty means all. */
  exportTo: readonly string[];
}

/** One port of a service. */
export interface ServicePort {
  number: number;
  /** True if HTTP rules apply to it; a proxy passes other protocols through. */
  isHttp: boolean;
  /** For a Service, its ready pods. */
  endpoints: readonly ServiceEndpoint[];
  /** The pods behind `endpoints`; absent when those do not come from pods. */
  podSelector?: PodSelector;
}

/** An endpoint of a port. */
export interface ServiceEndpoint {
  /** An IP address, or with the resolution DNS a name. */
  address: string;
  port: number;
  /** The name of the pod, or the address of an endpoint without a pod. */
  pod: string;
  labels: Labels;
  /** Its share of the requests in relation to other endpoints; absent for 1. */
  weight?: number;
}

/** The pods that are the endpoints of a port. */
export interface PodSelector {
  namespace: string;
  /** Labels that a pod has all of: those of the service, and in a cluster those of its subset. */
  matchLabels: readonly Labels[];
  /** The port that the pod listens to, as in its manifest. */
  targetPort: number;
}
