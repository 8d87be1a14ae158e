import type { Explanation, ProbeRequest } from '@bookinfo/analysis';
import type { AdminClient } from '../admin/admin-client.js';
import { controlRound } from './control-round.js';
import { entryPointFor } from './entry-point.js';
import type { EntryPoint } from './send-request.js';

/** A mesh that carries traffic, as `verify` uses it. */
export interface LiveMesh {
  /** The URL of its ingress gateway. */
  readonly url: string;
  /** Explains a request by the rules that are in force. */
  explain(question: ProbeRequest): Promise<Explanation>;
  /** Returns where a request must be sent, or the reason why it cannot be sent. */
  entryPointFor(question: ProbeRequest): Promise<EntryPoint | { reason: string }>;
  /**
   * Returns a function that sends a round of requests that no rule affects, about as many as a request with these workloads on
   * its way, such as `default/reviews-v2`.
   */
  controlRound(workloads: readonly string[]): Promise<() => Promise<void>>;
}

/** Returns the mesh of an admin endpoint. */
export async function administeredMesh(admin: AdminClient): Promise<LiveMesh> {
  const mesh = await admin.mesh();
  return {
    url: mesh.url,
    explain: (question) => admin.explain(question),
    entryPointFor: (question) => Promise.resolve(entryPointFor(question, mesh)),
    controlRound: (workloads) => controlRound(admin, workloads),
  };
}
