import { isDeepStrictEqual } from 'node:util';
import type { Pod } from '../registry/pod.js';
import { buildRegistry } from '../registry/registry.js';
import type { Resource } from '../resources/resource.js';
import { convertV1alpha2 } from '../v1alpha2/convert-v1alpha2.js';
import type { MeshConfig } from './mesh-config.js';
import type { Model } from './model.js';

/**
 * Builds the model of a mesh with these resources, first created first, and these pods. The only place where the 2017 kinds
 * are converted.
 *
 * @param previous an earlier model of the mesh; its registry is reused while services and pods are the same, so that a
 * changed rule costs little in a large mesh
 */
export function modelOf(
  written: readonly Resource[],
  pods: readonly Pod[],
  meshConfig: MeshConfig,
  previous?: Model,
): Model {
  const resources = convertV1alpha2(written);
  const canReuse =
    isDeepStrictEqual(pods, previous?.pods) &&
    isDeepStrictEqual(servicesIn(resources), servicesIn(previous?.resources ?? []));
  const registry = previous && canReuse ? previous.registry : buildRegistry(resources, pods);
  return { written, resources, pods, registry, meshConfig };
}

function servicesIn(resources: readonly Resource[]): Resource[] {
  return resources.filter(({ kind }) => kind === 'Service' || kind === 'ServiceEntry');
}
