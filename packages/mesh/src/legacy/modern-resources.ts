import type { Origin } from '../resources/origin.js';
import { formatPath } from '../resources/field-path.js';
import { destinationRule } from '../resources/kinds/destination-rule.js';
import { serviceEntry } from '../resources/kinds/service-entry.js';
import { virtualService } from '../resources/kinds/virtual-service.js';
import { resourceKey, type Resource, type ResourceSource } from '../resources/resource.js';
import { convert } from './convert.js';
import type { ConvertedResource } from './converted.js';

const OF_2017: readonly Resource['kind'][] = ['RouteRule', 'DestinationPolicy', 'EgressRule'];

/** By the first resource of 2017: as long as nothing changes, what is remembered of the made resources stays known. */
const remembered = new WeakMap<Resource, { sources: Resource[]; resources: Resource[] }>();

/**
 * The resources, and those that do what the ones of 2017 among them say: so those run as they would after a conversion, but
 * are named by what a person wrote, and where.
 */
export function withModernResources(resources: readonly Resource[]): readonly Resource[] {
  const [first] = resources.filter(({ kind }) => OF_2017.includes(kind));
  if (!first) return resources;
  const sources = resources.filter(({ kind }) => kind === 'Service' || OF_2017.includes(kind));
  let made = remembered.get(first);
  if (!made || !isSame(made.sources, sources)) {
    made = { sources, resources: convert(sources).resources.map(resourceOf) };
    remembered.set(first, made);
  }
  return [...resources, ...made.resources];
}

function isSame(some: readonly Resource[], others: readonly Resource[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}

function resourceOf(converted: ConvertedResource): Resource {
  const { manifest } = converted;
  const source = sourceOf(converted);
  switch (manifest.kind) {
    case 'VirtualService':
      return { ...virtualService.parse(manifest), source };
    case 'DestinationRule':
      return { ...destinationRule.parse(manifest), source };
    case 'ServiceEntry':
      return { ...serviceEntry.parse(manifest), source };
  }
}

function sourceOf({ origin, rules }: ConvertedResource): ResourceSource {
  const positions = new Map<string, Origin>();
  for (const [index, rule] of rules.entries())
    positions.set(formatPath(['spec', 'http', index]), rule?.source.start ?? origin);
  return { start: origin, positions, path: [], rules: rules.map((rule) => rule && resourceKey(rule)) };
}
