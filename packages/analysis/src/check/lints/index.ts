import type { DestinationRule, HTTPRoute, Model, Resource, Sidecar, VirtualService } from '@bookinfo/rules';
import { destinationRuleConflicts } from './destination-rule-conflicts.js';
import { destinationRuleTargets } from './destination-rule-targets.js';
import { faultOrder } from './fault-order.js';
import { faultsWithoutPercentage } from './faults-without-percentage.js';
import { httpRouteNotes } from './http-route-notes.js';
import { httpRouteStatus } from './http-route-status.js';
import type { Lint, Warning } from './lint.js';
import { plainRegexes } from './plain-regexes.js';
import { sidecarConflicts } from './sidecar-conflicts.js';
import { unknownPorts } from './unknown-ports.js';
import { weights } from './weights.js';

const VIRTUAL_SERVICE: readonly Lint<VirtualService>[] = [
  unknownPorts,
  faultsWithoutPercentage,
  faultOrder,
  weights,
  plainRegexes,
];
const DESTINATION_RULE: readonly Lint<DestinationRule>[] = [destinationRuleTargets, destinationRuleConflicts];
const SIDECAR: readonly Lint<Sidecar>[] = [sidecarConflicts];
const HTTP_ROUTE: readonly Lint<HTTPRoute>[] = [httpRouteStatus, httpRouteNotes];

/** Returns the warnings of every lint for the resource's kind. */
export function lint(resource: Resource, model: Model): Warning[] {
  if (resource.kind === 'VirtualService') return VIRTUAL_SERVICE.flatMap((each) => each(resource, model));
  if (resource.kind === 'DestinationRule') return DESTINATION_RULE.flatMap((each) => each(resource, model));
  if (resource.kind === 'Sidecar') return SIDECAR.flatMap((each) => each(resource, model));
  return resource.kind === 'HTTPRoute' ? HTTP_ROUTE.flatMap((each) => each(resource, model)) : [];
}
