import type { Endpoint } from '@bookinfo/routing';
import type { WorkloadIdentity } from './workload-identity.js';

/** The proxy that a record comes from. */
export interface Reporter {
  /** The workload beside which the proxy is, or the gateway. */
  workload: WorkloadIdentity;
  role: 'sidecar' | 'gateway';
  /** Which side of a request it sees: an inbound proxy is a server. */
  direction: 'outbound' | 'inbound';
  /** Returns the workload of a pod of the mesh; undefined for every other endpoint. */
  workloadOf: (endpoint: Endpoint) => WorkloadIdentity | undefined;
}
