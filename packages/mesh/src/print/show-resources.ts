import { kindOf, type ResourceStore } from '@bookinfo/rules';
import type { PodStatus } from '../runtime/pod-status.js';
import {
  findKinds,
  qualifiedKind,
  qualifiedPlural,
  SHOWN_KINDS,
  spellings,
  type ShownKind,
} from './kind-names.js';
import { podTable } from './pod-table.js';
import { resourceTable } from './resource-table.js';
import type { Table } from '@bookinfo/text';

/** What a mesh has, at one moment. */
export interface MeshState {
  store: ResourceStore;
  pods: readonly PodStatus[];
  /** Milliseconds since 1970. */
  now: number;
}

/** What `get` answers: tables for people, and the same as objects shaped like those of Kubernetes. */
export interface Shown {
  tables: Table[];
  items: Record<string, unknown>[];
}

/** A kind or a name that there is none of. */
export class NotFoundError extends Error {}

/**
 * Resources and pods of one kind, or of all kinds (`all`, or no kind at all), or the one of that name. Of several kinds
 * it shows, as kubectl does, a table for each that there is something of, with the kind before each name. Throws a
 * NotFoundError that says what there is.
 */
export function showResources(state: MeshState, kindText = 'all', name?: string): Shown {
  const isAll = kindText.toLowerCase() === 'all';
  const kinds = isAll ? SHOWN_KINDS : findKinds(kindText);
  if (kinds.length === 0) {
    const known = SHOWN_KINDS.map((one) => spellings(one).at(-1)).join(', ');
    throw new NotFoundError(`There is no kind "${kindText}" here. Kinds: all, ${known}.`);
  }
  const all = kinds.map((kind) => ({ kind, ...showKind(state, kind, name) }));
  const found = all.filter(({ items }) => items.length > 0);
  if (name !== undefined && found.length === 0) {
    throw new NotFoundError(
      isAll ? `Nothing is called "${name}".` : `${kinds.map(qualifiedPlural).join(', ')} "${name}" not found`,
    );
  }
  const items = found.flatMap((each) => each.items);
  if (!isAll && found.length <= 1)
    return { tables: (found.length === 1 ? found : all).map(({ table }) => table), items };
  const tables = found.map(({ kind, table }) => ({
    ...table,
    rows: table.rows.map(([first = '', ...rest]) => [`${qualifiedKind(kind)}/${first}`, ...rest]),
  }));
  return { tables, items };
}

function showKind({ store, pods, now }: MeshState, kind: ShownKind, name: string | undefined) {
  if (kind === 'Pod') {
    const found = pods.filter((pod) => name === undefined || pod.name === name);
    return { table: podTable(found, now), items: found.map(podObject) };
  }
  const found = [...store.values()].filter(
    ({ resource }) => kindOf(resource) === kind && (name === undefined || resource.metadata.name === name),
  );
  const items = found.map(({ resource, createdAt }) => ({
    ...resource,
    metadata: { ...resource.metadata, creationTimestamp: new Date(createdAt).toISOString() },
    // Where it was written: ours, not the resource's.
    source: undefined,
  }));
  return { table: resourceTable(kind, found, pods, now), items };
}

function podObject({
  name,
  namespace,
  labels,
  createdAt,
  phase,
  ready,
  restarts,
  address,
}: PodStatus): Record<string, unknown> {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels, creationTimestamp: new Date(createdAt).toISOString() },
    status: { phase, ready, restartCount: restarts, address },
  };
}
