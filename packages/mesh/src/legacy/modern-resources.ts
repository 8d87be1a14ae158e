import type { Origin } from '../resources/origin.js';
import { formatPath } from '../resources/field-path.js';
import { destinationRule } from '../resources/kinds/destination-rule.js';
import { serviceEntry } from '../resources/kinds/service-entry.js';
import { virtualService } from '../resources/kinds/virtual-service.js';
import { resourceKey, type Resource, type ResourceSource } from '../resources/resource.js';
import { convert } from './convert.js';
import type { ConvertedResource } from './converted.js';

/**
 * The resources, and those that do what the ones of 2017 among them say: so those run as they would after a conversion, but
 * are named by what a person wrote, and where.
 */
export function withModernResources(resources: readonly Resource[]): readonly Resource[] {
  const converted = convert(resources).resources;
  return converted.length === 0 ? resources : [...resources, ...converted.map(resourceOf)];
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
