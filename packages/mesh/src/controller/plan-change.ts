import {
  byAge,
  type Change,
  type Model,
  modelOf,
  type Notice,
  parseResources,
  type Problem,
  type Resource,
  resourceKey,
  type ResourceStore,
  ruleConflicts,
  type Source,
  versionProblems,
  withoutResources,
  withResources,
} from '@bookinfo/rules';
import type { Origin } from '@bookinfo/text';
import { NotFoundError } from '../print/show-resources.js';
import type { ProgramFor } from '../runtime/program-for.js';
import { readWorkload, type Workload } from '../runtime/workload.js';

/** What a later mesh can go on with. */
export interface KeptState {
  /** The resources in force. */
  store: ResourceStore;
  /** The keys of all resources that the mesh has ever had. */
  known: ReadonlySet<string>;
}

/** The state of a mesh, and the model that follows from its resources. */
export interface MeshState extends KeptState {
  model: Model;
}

/** A change that has passed all checks and is not yet in force. */
export interface PlannedChange extends MeshState {
  workloads: Workload[];
  changes: Change[];
  notices: Notice[];
  /** Where the resources begin that change, as the files have them. */
  origins: Origin[];
}

/** The problems for which a change is refused. */
export interface RefusedChange {
  problems: Problem[];
}

interface ApplyOptions {
  /** Notices are problems. */
  strict: boolean;
  /** Leaves out resources that the mesh has had before. */
  onlyNew: boolean;
  /** In milliseconds since 1970. */
  now: number;
}

/** Plans to create or change the resources of the files. */
export function planApply(
  state: MeshState,
  sources: readonly Source[],
  { programFor, minReplicas }: { programFor: ProgramFor; minReplicas: number },
  { strict, onlyNew, now }: ApplyOptions,
): PlannedChange | RefusedChange {
  const { resources: all, problems, notices } = parseResources(sources);
  const resources = onlyNew ? all.filter((resource) => !state.known.has(resourceKey(resource))) : all;
  if (strict && problems.length === 0) problems.push(...notices.map(problemOf));
  problems.push(...versionProblems(resources, state.model.meshConfig.istioVersion));
  if (problems.length > 0) return { problems };
  const scaled = resources.map((resource) => scaledUp(resource, minReplicas));
  const { store, changes } = withResources(state.store, scaled, now);
  return plan(state, store, { changes, notices, origins: originsOf(resources, changes) }, programFor);
}

/**
 * Plans to set the number of pods of a Deployment.
 * @throws {NotFoundError} when there is no such Deployment.
 */
export function planScale(
  state: MeshState,
  { deployment, namespace, replicas }: { deployment: string; namespace: string; replicas: number },
  programFor: ProgramFor,
  now: number,
): PlannedChange | RefusedChange {
  const resource = state.store.get(`Deployment/${namespace}/${deployment}`)?.resource;
  if (resource?.kind !== 'Deployment')
    throw new NotFoundError(`deployments.apps "${deployment}" not found in namespace ${namespace}`);
  const { source } = resource;
  const manifest = { ...source.manifest, spec: { ...(source.manifest['spec'] as object), replicas } };
  const scaled: Resource = {
    ...resource,
    spec: { ...resource.spec, replicas },
    source: { ...source, manifest },
  };
  const { store, changes } = withResources(state.store, [scaled], now);
  return plan(state, store, { changes, notices: [], origins: originsOf([scaled], changes) }, programFor);
}

/** Plans to delete the resources that the files name. */
export function planDelete(
  state: MeshState,
  sources: readonly Source[],
  programFor: ProgramFor,
): PlannedChange | RefusedChange {
  const { resources, problems, notices } = parseResources(sources);
  if (problems.length > 0) return { problems };
  const { store, changes } = withoutResources(state.store, resources);
  return plan(state, store, { changes, notices, origins: originsOf(resources, changes) }, programFor);
}

/** Plans to replace all resources by those of an earlier mesh. */
export function planRestore(
  { model }: MeshState,
  { store, known }: KeptState,
  programFor: ProgramFor,
): PlannedChange | RefusedChange {
  const origins = Array.from(store.values(), ({ resource }) => resource.source.start);
  return plan({ model, known }, store, { changes: [], notices: [], origins }, programFor);
}

function plan(
  { model: current, known }: Pick<MeshState, 'model' | 'known'>,
  store: ResourceStore,
  changed: Pick<PlannedChange, 'changes' | 'notices' | 'origins'>,
  programFor: ProgramFor,
): PlannedChange | RefusedChange {
  const model = modelOf(byAge(store), current.pods, current.meshConfig, current);
  const { workloads, problems } = readWorkloads(store, programFor);
  problems.push(...ruleConflicts(model.written));
  if (problems.length > 0) return { problems };
  return { store, known: new Set([...known, ...store.keys()]), model, workloads, ...changed };
}

/** Returns where the resources begin that change; `changes` has one for each resource. */
function originsOf(resources: readonly Resource[], changes: readonly Change[]): Origin[] {
  return resources.flatMap(({ source }, index) => (isMade(changes[index]) ? source.start : []));
}

function isMade(change: Change | undefined): boolean {
  return change?.action !== 'unchanged' && change?.action !== 'not found';
}

function problemOf({ file, line, column, message }: Notice): Problem {
  return { file, line, column, message };
}

function scaledUp(resource: Resource, minReplicas: number): Resource {
  if (resource.kind !== 'Deployment' || resource.spec.replicas === 0) return resource;
  return { ...resource, spec: { ...resource.spec, replicas: Math.max(resource.spec.replicas, minReplicas) } };
}

function readWorkloads(
  store: ResourceStore,
  programFor: ProgramFor,
): { workloads: Workload[]; problems: Problem[] } {
  const workloads: Workload[] = [];
  const problems: Problem[] = [];
  for (const { resource } of store.values()) {
    if (resource.kind !== 'Deployment') continue;
    const result = readWorkload(resource, programFor);
    if ('workload' in result) workloads.push(result.workload);
    else problems.push(...result.problems);
  }
  return { workloads, problems };
}
