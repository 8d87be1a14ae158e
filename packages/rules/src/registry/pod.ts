import type { Labels } from './labels.js';

/** A running copy of a workload. */
export interface Pod {
  name: string;
  namespace: string;
  labels: Labels;
  /** Its IP address, which local pods share. */
  address: string;
  /** The ports that it listens to, by the containerPort of its manifest. */
  ports: Readonly<Record<number, number>>;
  ready: boolean;
}
