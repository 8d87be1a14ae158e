import { parseResources, withResources, type ResourceStore } from '@bookinfo/rules';
import { SourceProblems, type AdminClient } from '../admin/admin-client.js';

/** The name of the file that the resources of the mesh are in. */
const FILE = 'running mesh';

/** A resource among the items of `get`. */
interface Item {
  kind: string;
  metadata: { creationTimestamp: string };
}

/**
 * Returns the resources of a running mesh with their times of creation.
 * @throws {MeshUnreachable} when no mesh runs.
 * @throws {SourceProblems} when the mesh is of another version, whose resources cannot be read.
 */
export async function runningResources(admin: AdminClient): Promise<ResourceStore> {
  const { items } = await admin.get();
  const resources = (items as unknown as Item[]).filter(({ kind }) => kind !== 'Pod');
  return resources.reduce<ResourceStore>((store, item) => {
    const parsed = parseResources([{ file: FILE, text: JSON.stringify(item) }]);
    if (parsed.problems.length > 0) throw new SourceProblems(parsed.problems);
    return withResources(store, parsed.resources, Date.parse(item.metadata.creationTimestamp)).store;
  }, new Map());
}
