import { hasLabels, resolveHost, type DestinationRule } from '@bookinfo/rules';
import { didYouMeanHost } from '../../explain/did-you-mean-host.js';
import type { Lint } from './lint.js';

/** Warns of a DestinationRule's host that nothing has, and of subsets without a pod. */
export const destinationRuleTargets: Lint<DestinationRule> = ({ metadata, spec }, { registry }) => {
  if (spec.host.includes('*')) return [];
  const service = registry.service(spec.host, metadata.namespace);
  if (!service) {
    const suggestion = didYouMeanHost(resolveHost(spec.host, metadata.namespace), registry);
    const message = `no Service or ServiceEntry has the host ${spec.host}${suggestion}, so this DestinationRule has no effect`;
    return [{ code: 'unknown-host', path: ['spec', 'host'], message }];
  }
  // Endpoints of a ServiceEntry may have no labels, and it may have no endpoints.
  if (service.resolution !== 'PODS') return [];
  const endpoints = service.ports.flatMap((port) => port.endpoints);
  return spec.subsets.flatMap(({ name, labels }, index) =>
    endpoints.some((endpoint) => hasLabels(endpoint.labels, labels))
      ? []
      : [
          {
            code: 'no-pod',
            path: ['spec', 'subsets', index],
            message: `no pod of ${spec.host} belongs to the subset ${name}`,
          },
        ],
  );
};
