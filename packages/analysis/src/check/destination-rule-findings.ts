import { type Model, hasLabels, originOf, type DestinationRule } from '@bookinfo/rules';
import type { Finding } from './finding.js';

/** A host that nothing has, and subsets that no pod belongs to. */
export function destinationRuleFindings(rule: DestinationRule, { registry }: Model): Finding[] {
  const { metadata, spec } = rule;
  const warning = (path: (string | number)[], message: string): Finding => ({
    level: 'warning',
    origin: originOf(rule, path),
    message,
  });
  if (spec.host.includes('*')) return [];
  const service = registry.service(spec.host, metadata.namespace);
  if (!service) {
    const message = `no Service or ServiceEntry has the host ${spec.host}, so this DestinationRule is for nobody`;
    return [warning(['spec', 'host'], message)];
  }
  // What serves a ServiceEntry may have no labels, and one without endpoints has nobody to name.
  if (service.resolution !== 'PODS') return [];
  const endpoints = service.ports.flatMap((port) => port.endpoints);
  return spec.subsets.flatMap(({ name, labels }, index) =>
    endpoints.some((endpoint) => hasLabels(endpoint.labels, labels))
      ? []
      : [warning(['spec', 'subsets', index], `no pod of ${spec.host} belongs to the subset ${name}`)],
  );
}
