import { deserialize, serialize } from 'node:v8';
import { kindOf, kinds, resourceKey, type Resource } from '@bookinfo/rules';
import type { KeptState } from './plan-change.js';

interface Saved {
  known: ReadonlySet<string>;
  /** As they are written, with the time of creation, in milliseconds since 1970. */
  resources: (Pick<Resource, 'source'> & { createdAt: number })[];
}

/** Returns the state in a form that `readSaved` reads, also that of a later version. */
export function savedState({ store, known }: KeptState): Uint8Array {
  const resources = Array.from(store.values(), ({ resource: { source }, createdAt }) => ({
    source,
    createdAt,
  }));
  // Resources of one document share its positions, which JSON would repeat.
  return serialize({ known, resources } satisfies Saved);
}

/**
 * Returns the saved state.
 * @throws {Error} when this version does not support one of the resources.
 */
export function readSaved(saved: Uint8Array): KeptState {
  const { known, resources } = deserialize(saved) as Saved;
  const store = resources.map(({ source, createdAt }) => {
    const schema = kinds[kindOf(source.manifest as unknown as Resource)];
    const resource: Resource = { ...schema.parse(source.manifest), source };
    return [resourceKey(resource), { resource, createdAt }] as const;
  });
  return { known, store: new Map(store) };
}
