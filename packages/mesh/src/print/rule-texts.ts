import { kindOf, type ResourceStore, resourceYaml } from '@bookinfo/rules';
import type { ResponseOf } from '../admin/api.js';
import type { RuleHits } from '../controller/messages.js';
import { shownManifest } from './show-resources.js';

/** Returns the resources as YAML, with the lines of the rules that requests have met. */
export function ruleTexts(store: ResourceStore, hits: readonly RuleHits[]): ResponseOf<'rules'>['resources'] {
  const hitsOf = Map.groupBy(hits, ({ resource }) => resource);
  return Array.from(store, ([key, { resource }]) => {
    const { yaml, lineOf } = resourceYaml(resource, shownManifest(resource.source.manifest));
    const lines = new Map<number, number>();
    for (const { origin, hits: count } of hitsOf.get(key) ?? []) {
      const line = lineOf(origin);
      lines.set(line, (lines.get(line) ?? 0) + count);
    }
    return {
      kind: kindOf(resource),
      namespace: resource.metadata.namespace,
      name: resource.metadata.name,
      file: resource.source.start.file,
      yaml,
      lines: Array.from(lines, ([line, count]) => ({ line, hits: count })).toSorted(
        (a, b) => a.line - b.line,
      ),
    };
  });
}
