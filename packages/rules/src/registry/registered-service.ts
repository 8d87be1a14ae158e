import type { Labels } from './labels.js';

/** A host that the mesh knows, and who serves it: a Service, or a host of a ServiceEntry. */
export interface RegisteredService {
  /** Of the resource. */
  name: string;
  namespace: string;
  /** Its full name, `reviews.default.svc.cluster.local`; a ServiceEntry's may be a wildcard. */
  host: string;
  /** Addresses that clients may call instead, without those that stand for a range. */
  addresses: readonly string[];
  /** In the order of the manifest, at least one. */
  ports: readonly ServicePort[];
  /**
   * Where its endpoints come from. `PODS`: a Service's selector. Else the `resolution` of a ServiceEntry, whose
   * endpoints are IP addresses (`STATIC`), names to look up (`DNS`), or not listed: the client knows (`NONE`).
   */
  resolution: 'PODS' | 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN' | 'NONE';
  /** Who may see it: `.`, `*`, `~` or namespaces; empty means all. */
  exportTo: readonly string[];
}

/** One port of a service. */
export interface ServicePort {
  number: number;
  /** Whether HTTP rules apply to it; other protocols pass a proxy as they are. */
  isHttp: boolean;
  /** Of a Service the ready pods that serve it. */
  endpoints: readonly ServiceEndpoint[];
}

/** Who serves a port. */
export interface ServiceEndpoint {
  /** An IP address, or with the resolution DNS a name. */
  address: string;
  port: number;
  /** The pod's name; of an endpoint that is none its address. */
  pod: string;
  labels: Labels;
}
