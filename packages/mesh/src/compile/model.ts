import type { Registry } from '../registry/registry.js';
import type { Labels } from '../registry/labels.js';
import type { Resource } from '../resources/resource.js';

/** All that the mesh knows. */
export interface Model {
  /** First created first: of two rules for one host, the older one wins. */
  resources: readonly Resource[];
  registry: Registry;
}

/** Whose routes are wanted: those of a workload's sidecar, or of an ingress gateway. */
export type Client =
  { kind: 'sidecar'; namespace: string; labels: Labels } | { kind: 'gateway'; labels: Labels };
