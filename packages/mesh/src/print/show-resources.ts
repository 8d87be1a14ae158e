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
import { didYouMean, type Table } from '@bookinfo/text';

/** The resources and pods of a mesh at one time. */
export interface MeshSnapshot {
  store: ResourceStore;
  pods: readonly PodStatus[];
  /** Milliseconds since 1970. */
  now: number;
}

/** The result of `get`: tables to print, and the same as Kubernetes objects. */
export interface Shown {
  tables: Table[];
  items: Record<string, unknown>[];
}

/** Thrown for a kind or a name that does not exist. */
export class NotFoundError extends Error {}

/**
 * Returns the resources and pods of one kind, or of all kinds (`all`, the default), or only those with the name. For more
 * than one kind it returns, as kubectl does, a table for each kind that has rows, with the kind before each name.
 * @throws {NotFoundError} when no such kind or name exists; the message lists the kinds.
 */
export function showResources(state: MeshSnapshot, kindText = 'all', name?: string): Shown {
  const isAll = kindText.toLowerCase() === 'all';
  const kinds = isAll ? SHOWN_KINDS : findKinds(kindText);
  if (kinds.length === 0) {
    const known = SHOWN_KINDS.map((one) => spellings(one).at(-1)).join(', ');
    const suggestion = didYouMean(kindText, SHOWN_KINDS.flatMap(spellings));
    throw new NotFoundError(`There is no kind "${kindText}"${suggestion}. Kinds: all, ${known}.`);
  }
  const all = kinds.map((kind) => ({ kind, ...showKind(state, kind, name) }));
  const found = all.filter(({ items }) => items.length > 0);
  if (name !== undefined && found.length === 0) {
    throw new NotFoundError(
      isAll
        ? `No resource has the name "${name}".`
        : `${kinds.map(qualifiedPlural).join(', ')} "${name}" not found`,
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

function showKind({ store, pods, now }: MeshSnapshot, kind: ShownKind, name: string | undefined) {
  if (kind === 'Pod') {
    const found = pods.filter((pod) => name === undefined || pod.name === name);
    return { table: podTable(found, now), items: found.map(podObject) };
  }
  const found = [...store.values()].filter(
    ({ resource }) => kindOf(resource) === kind && (name === undefined || resource.metadata.name === name),
  );
  const items = found.map(({ resource: { source, metadata }, createdAt }) => ({
    ...shownManifest(source.manifest),
    metadata: {
      ...(source.manifest['metadata'] as object),
      namespace: metadata.namespace,
      creationTimestamp: new Date(createdAt).toISOString(),
    },
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

/** Returns the manifest as it may be shown: without the values of a Secret. */
export function shownManifest(manifest: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...manifest, ...withoutSecrets(manifest) };
}

/** Returns the data of a Secret with empty values, which are the only ones that are not shown. */
function withoutSecrets({ kind, ...manifest }: Readonly<Record<string, unknown>>): object {
  if (kind !== 'Secret') return {};
  const shown = ['data', 'stringData'].flatMap((field) => {
    const names = Object.keys((manifest[field] as object | undefined) ?? {});
    return names.length === 0 ? [] : [[field, Object.fromEntries(names.map((name) => [name, '']))] as const];
  });
  return Object.fromEntries(shown);
}
