import type { Labels } from './labels.js';

/** A running copy of a workload. */
export interface Pod {
  name: string;
  namespace: string;
  labels: Labels;
  /** Where it can be reached; locally several pods share one. */
  address: string;
  /** By the port that its manifest names (containerPort): the port it really listens to. */
  ports: Readonly<Record<number, number>>;
  ready: boolean;
}
