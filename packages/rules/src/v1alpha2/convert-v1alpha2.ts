import type { Origin } from '@bookinfo/text';
import { formatPath } from '../resources/field-path.js';
import { destinationRule } from '../resources/kinds/destination-rule.js';
import { serviceEntry } from '../resources/kinds/service-entry.js';
import { virtualService } from '../resources/kinds/virtual-service.js';
import { resourceKey, type Resource, type ResourceSource } from '../resources/resource.js';
import { convert } from './convert.js';
import type { ConvertedResource } from './converted.js';

const V1ALPHA2_KINDS: readonly Resource['kind'][] = ['RouteRule', 'DestinationPolicy', 'EgressRule'];

/**
 * Replaces the 2017 kinds by equivalent VirtualServices, DestinationRules and ServiceEntries, with the positions of their
 * originals. Returns the same list if it has none of the 2017 kinds.
 */
export function convertV1alpha2(written: readonly Resource[]): readonly Resource[] {
  if (!written.some(({ kind }) => V1ALPHA2_KINDS.includes(kind))) return written;
  const modern = written.filter(({ kind }) => !V1ALPHA2_KINDS.includes(kind));
  return [...modern, ...convert(written).resources.map(resourceOf)];
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

function sourceOf({ manifest, origin, rules }: ConvertedResource): ResourceSource {
  const positions = new Map<string, Origin>();
  for (const [index, rule] of rules.entries())
    positions.set(formatPath(['spec', 'http', index]), rule?.source.start ?? origin);
  return {
    start: origin,
    manifest: { ...manifest },
    positions,
    path: [],
    rules: rules.map((rule) => rule && resourceKey(rule)),
  };
}
