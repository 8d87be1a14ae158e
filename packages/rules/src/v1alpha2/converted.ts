import type { z } from 'zod';
import type { destinationRule } from '../resources/kinds/destination-rule.js';
import type { serviceEntry } from '../resources/kinds/service-entry.js';
import type { virtualService } from '../resources/kinds/virtual-service.js';
import type { Origin } from '@bookinfo/text';
import type { Problem } from '../resources/problem.js';
import type { Resource, RouteRule } from '../resources/resource.js';

/** A resource made of ones of 2017, as it is written down. */
export interface ConvertedResource {
  manifest: z.input<typeof virtualService> | z.input<typeof destinationRule> | z.input<typeof serviceEntry>;
  /** Of the first resource that it was made of. */
  origin: Origin;
  /** Of a VirtualService: the RouteRule behind each of its rules; undefined for the default that Istio 0.2 added. */
  rules: readonly (RouteRule | undefined)[];
}

/** What takes the place of the resources of 2017, and what of those is not what it seems, where it was written. */
export interface Converted {
  resources: ConvertedResource[];
  warnings: Problem[];
  /** What an Istio of today does otherwise with the resources than Istio 0.2 did. */
  differences: Problem[];
}

/** Of all resources that are made. */
export const API_VERSION = 'networking.istio.io/v1';

/** Where the first of the resources behind something was written. */
export function originOfFirst(resource: Resource | undefined): Origin {
  return resource?.source.start ?? { file: '', line: 1, column: 1 };
}
