import type { z } from 'zod';
import type { destinationRule } from '../resources/kinds/destination-rule.js';
import type { serviceEntry } from '../resources/kinds/service-entry.js';
import type { virtualService } from '../resources/kinds/virtual-service.js';
import type { Origin } from '@bookinfo/text';
import type { Problem } from '../resources/problem.js';
import type { Resource, RouteRule } from '../resources/resource.js';

/** A resource that resources of 2017 were converted to, as written in YAML. */
export interface ConvertedResource {
  manifest: z.input<typeof virtualService> | z.input<typeof destinationRule> | z.input<typeof serviceEntry>;
  /** The position of the first of its originals. */
  origin: Origin;
  /** The RouteRule of each http rule of a VirtualService; undefined for the default rule of Istio 0.2. */
  rules: readonly (RouteRule | undefined)[];
}

/** The conversion of the resources of 2017, with warnings at their positions. */
export interface Converted {
  resources: ConvertedResource[];
  warnings: Problem[];
  /** Differences between current Istio and Istio 0.2 for these resources. */
  differences: Problem[];
}

/** The version of all converted resources. */
export const API_VERSION = 'networking.istio.io/v1';

/** Returns the position of the first original. */
export function originOfFirst(resource: Resource | undefined): Origin {
  return resource?.source.start ?? { file: '', line: 1, column: 1 };
}
