import { deserialize, serialize } from 'node:v8';
import { kindOf, kinds, resourceKey, type Resource, type ResourceStore } from '@bookinfo/rules';

/** A resource as it is written, and its time of creation, in milliseconds since 1970. */
type Saved = Pick<Resource, 'source'> & { createdAt: number };

/** Returns the resources in a form that `readSaved` reads, also that of a later version. */
export function savedResources(store: ResourceStore): Uint8Array {
  const all = Array.from(store.values(), ({ resource: { source }, createdAt }): Saved => ({
    source,
    createdAt,
  }));
  // Resources of one document share its positions, which JSON would repeat.
  return serialize(all);
}

/**
 * Returns the store of which these are the saved resources.
 * @throws {Error} when this version does not support one of them.
 */
export function readSaved(saved: Uint8Array): ResourceStore {
  const all = deserialize(saved) as Saved[];
  return new Map(
    all.map(({ source, createdAt }) => {
      const schema = kinds[kindOf(source.manifest as unknown as Resource)];
      const resource: Resource = { ...schema.parse(source.manifest), source };
      return [resourceKey(resource), { resource, createdAt }];
    }),
  );
}
