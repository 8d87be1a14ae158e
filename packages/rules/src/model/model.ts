import type { Pod } from '../registry/pod.js';
import type { Registry } from '../registry/registry.js';
import type { Labels } from '../registry/labels.js';
import type { Resource } from '../resources/resource.js';
import type { MeshConfig } from './mesh-config.js';

/** The configuration of a mesh. */
export interface Model {
  /** The resources as they were applied, in the order of `resources`; the 2017 kinds appear only here. */
  written: readonly Resource[];
  /** In the order of creation: of two rules for one host, the older one wins. */
  resources: readonly Resource[];
  pods: readonly Pod[];
  /** The services of `resources`, with `pods` as endpoints. */
  registry: Registry;
  meshConfig: MeshConfig;
}

/** The proxy whose routes are compiled: the sidecar of a workload, or an ingress gateway. */
export interface Client {
  kind: 'sidecar' | 'gateway';
  namespace: string;
  labels: Labels;
}
