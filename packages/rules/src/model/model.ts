import type { Registry } from '../registry/registry.js';
import type { Labels } from '../registry/labels.js';
import type { Resource } from '../resources/resource.js';
import type { MeshConfig } from './mesh-config.js';

/** Everything a mesh is configured with. */
export interface Model {
  /** The resources as they were applied, in the order of `resources`; the 2017 kinds appear only here. */
  written: readonly Resource[];
  /** First created first: of two rules for one host, the older one wins. */
  resources: readonly Resource[];
  registry: Registry;
  meshConfig: MeshConfig;
}

/** Whose routes are wanted: those of a workload's sidecar, or of an ingress gateway. */
export interface Client {
  kind: 'sidecar' | 'gateway';
  namespace: string;
  labels: Labels;
}
