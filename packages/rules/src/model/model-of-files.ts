import { byAge, withResources, type ResourceStore } from './resource-store.js';
import { ruleConflicts } from '../v1alpha2/rule-conflicts.js';
import { plannedPods } from '../registry/planned-pods.js';
import { parseResources } from '../resources/parse-resources.js';
import type { Notice, Problem } from '../resources/problem.js';
import type { Source } from '../resources/yaml-documents.js';
import type { MeshConfig } from './mesh-config.js';
import type { Model } from './model.js';
import { modelOf } from './model-of.js';
import { versionProblems } from './version-problems.js';

/** The resources of a mesh that files are applied to, and the time of that, in milliseconds since 1970. */
interface MeshAtTime {
  store: ResourceStore;
  now: number;
}

/**
 * Returns the model of a mesh, an empty one by default, after all files are applied at once and all pods of all Deployments are
 * ready. If a resource is in several files, the last one counts.
 */
export function modelOfFiles(
  sources: readonly Source[],
  meshConfig: MeshConfig,
  { store, now }: MeshAtTime = { store: new Map(), now: 0 },
): { model: Model; notices: Notice[] } | { problems: Problem[] } {
  const parsed = parseResources(sources);
  const problems = [...parsed.problems, ...versionProblems(parsed.resources, meshConfig.istioVersion)];
  if (problems.length > 0) return { problems };
  const resources = byAge(withResources(store, parsed.resources, now).store);
  const conflicts = ruleConflicts(resources);
  if (conflicts.length > 0) return { problems: conflicts };
  return { model: modelOf(resources, plannedPods(resources), meshConfig), notices: parsed.notices };
}
