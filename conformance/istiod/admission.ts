import { readFileSync } from 'node:fs';
import {
  byAge,
  DEFAULT_MESH_CONFIG,
  type Model,
  modelOf,
  parseResources,
  type Problem,
  type Resource,
  ruleConflicts,
  versionProblems,
  withResources,
} from '@bookinfo/rules';
import { resourcesOf } from '@bookinfo/rules/testing';
import { podsOf } from './pods.js';
import type { RuleSet } from './rule-sets.js';

const ROOT = new URL('../../', import.meta.url);
const WORLD = resourcesOf(readFileSync(new URL('world.yaml', import.meta.url), 'utf8'));
const SUBSETS = resourcesOf(readFileSync(new URL('subsets.yaml', import.meta.url), 'utf8'));

/** The model of the vectors' world under the rules, or the reasons why they are refused. */
export type Admission = { model: Model } | { problems: Problem[] };

/** Applies the rules as a cluster does: all of them in one second, except those that came later. */
export function admit(ruleSet: RuleSet): Admission {
  const { file = 'rules.yaml', later = '', subsets = true, mesh } = ruleSet;
  const meshConfig = { ...DEFAULT_MESH_CONFIG, ...mesh };
  const rules = ruleSet.rules ?? readFileSync(new URL(file, ROOT), 'utf8');
  const parsed = [rules, ...(later === '' ? [] : [later])].map((text) => parseResources([{ file, text }]));
  const problems = parsed.flatMap((each) => [
    ...each.problems,
    ...versionProblems(each.resources, meshConfig.istioVersion),
  ]);
  if (problems.length > 0) return { problems };
  const resources = byAge(store([WORLD, subsets ? SUBSETS : [], ...parsed.map((each) => each.resources)]));
  const conflicts = ruleConflicts(resources);
  if (conflicts.length > 0) return { problems: conflicts };
  return { model: modelOf(resources, podsOf(resources), meshConfig) };
}

/** Creates the resources ten seconds apart. */
function store(batches: readonly (readonly Resource[])[]): ReturnType<typeof withResources>['store'] {
  return batches.reduce<ReturnType<typeof withResources>['store']>(
    (earlier, resources, index) => withResources(earlier, resources, index * 10_000).store,
    new Map(),
  );
}
