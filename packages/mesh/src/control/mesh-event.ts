import type { RuntimeEvent } from '../runtime/pod-status.js';

/** A change of a pod, or a proxy that has ended by itself and is started again after `restartInMs`. */
export type MeshEvent =
  RuntimeEvent | { kind: 'proxy-ended'; proxy: string; reason: string; restartInMs: number };
