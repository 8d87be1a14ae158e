import { convertV1alpha2 } from '../v1alpha2/convert-v1alpha2.js';
import type { Pod } from '../registry/pod.js';
import { buildRegistry } from '../registry/registry.js';
import type { Resource } from '../resources/resource.js';
import type { MeshConfig } from './mesh-config.js';
import type { Model } from './model.js';

/**
 * Builds the model of a mesh with these resources, first created first, and these pods. The only place where the 2017 kinds
 * are converted.
 */
export function modelOf(written: readonly Resource[], pods: readonly Pod[], meshConfig: MeshConfig): Model {
  const resources = convertV1alpha2(written);
  return { written, resources, registry: buildRegistry(resources, pods), meshConfig };
}
