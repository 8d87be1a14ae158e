import { byAge, withResources, type ResourceStore } from './resource-store.js';
import { ruleConflicts } from '../v1alpha2/rule-conflicts.js';
import { plannedPods } from '../registry/planned-pods.js';
import type { Pod } from '../registry/pod.js';
import { parseResources } from '../resources/parse-resources.js';
import type { Notice, Problem } from '../resources/problem.js';
import { resourceKey } from '../resources/resource.js';
import type { Source } from '../resources/yaml-documents.js';
import type { MeshConfig } from './mesh-config.js';
import type { Model } from './model.js';
import { modelOf } from './model-of.js';
import { versionProblems } from './version-problems.js';

/** The mesh that files are applied to. */
export interface MeshAtTime {
  store: ResourceStore;
  /** The time at which the files are applied, in milliseconds since 1970. */
  now: number;
  /** The pods of the Deployments in `store`. Default: all that these ask for, ready. */
  pods?: readonly Pod[];
  /** The namespace of resources that name none. Default: `default`. */
  namespace?: string;
}

/**
 * Returns the model of a mesh, an empty one by default, after all files are applied at once and all pods of their Deployments are
 * ready. If a resource is in several files, the last one counts.
 */
export function modelOfFiles(
  sources: readonly Source[],
  meshConfig: MeshConfig,
  { store, now, pods, namespace }: MeshAtTime = { store: new Map(), now: 0 },
): { model: Model; notices: Notice[] } | { problems: Problem[] } {
  const parsed = parseResources(sources, namespace);
  const problems = [...parsed.problems, ...versionProblems(parsed.resources, meshConfig.istioVersion)];
  if (problems.length > 0) return { problems };
  const resources = byAge(withResources(store, parsed.resources, now).store);
  const conflicts = ruleConflicts(resources);
  if (conflicts.length > 0) return { problems: conflicts };
  const planned = pods ? resources.filter((resource) => !store.has(resourceKey(resource))) : resources;
  const all = [...(pods ?? []), ...plannedPods(planned)];
  return { model: modelOf(resources, all, meshConfig), notices: parsed.notices };
}
