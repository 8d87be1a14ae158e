import type { Labels } from '@bookinfo/rules';
import type { DataPlane } from '../data-plane/data-plane.js';

/** The values of kubectl's STATUS column that occur here. */
export type PodPhase = 'Pending' | 'Running' | 'CrashLoopBackOff' | 'Terminating';

/** The status of a replica. */
export interface PodStatus {
  name: string;
  namespace: string;
  /** The name of its Deployment. */
  deployment: string;
  labels: Labels;
  phase: PodPhase;
  ready: boolean;
  restarts: number;
  /** `127.0.0.1:<port>`; absent while no process runs. */
  address?: string;
  /** URL of its sidecar's outbound listener, such as `http://127.0.0.1:41234`; absent until it has one. */
  sidecarUrl?: string;
  /** The data plane of that sidecar. */
  proxy?: DataPlane['name'];
  /** Time of creation, in milliseconds since 1970. */
  createdAt: number;
}

/** A change that `up` prints. */
export type RuntimeEvent =
  | { kind: 'ready'; pod: PodStatus }
  | {
      kind: 'died';
      pod: PodStatus;
      /** `exit code 1`, `signal SIGKILL`, or why the process could not be started. */
      reason: string;
      /** Why the sidecar or the process could not be started. */
      startError?: Error;
      /** The last 64 KiB of its output. */
      output: string;
      /** Time until the process is started again. */
      restartInMs: number;
    };
