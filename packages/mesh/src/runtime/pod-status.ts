import type { Labels } from '@bookinfo/rules';

/** What `kubectl get pods` shows in its STATUS column, as far as it can happen here. */
export type PodPhase = 'Pending' | 'Running' | 'CrashLoopBackOff' | 'Terminating';

/** A replica as people see it. */
export interface PodStatus {
  name: string;
  namespace: string;
  /** The Deployment that it belongs to. */
  deployment: string;
  labels: Labels;
  phase: PodPhase;
  ready: boolean;
  restarts: number;
  /** `127.0.0.1:<port>`; absent while no process runs. */
  address?: string;
  /** Where its sidecar takes what it asks others, such as `http://127.0.0.1:41234`; absent until it has one. */
  sidecarUrl?: string;
  /** When the pod was made, in milliseconds since 1970. */
  createdAt: number;
}

/** Something that a person who watches should know. */
export type RuntimeEvent =
  | { kind: 'ready'; pod: PodStatus }
  | {
      kind: 'died';
      pod: PodStatus;
      /** `exit code 1`, `signal SIGKILL`, or why it could not be started. */
      reason: string;
      /** The last that it wrote. */
      output: string;
      /** Until it is started again. */
      restartInMs: number;
    };
