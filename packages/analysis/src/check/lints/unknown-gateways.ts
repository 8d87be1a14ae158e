import { gatewayName } from '@bookinfo/compiler';
import { isOfKind, type VirtualService } from '@bookinfo/rules';
import type { Lint } from './lint.js';

/** Warns of gateways of a VirtualService that do not exist. */
export const unknownGateways: Lint<VirtualService> = ({ metadata, spec }, { resources }) => {
  const existing = resources
    .filter((resource) => isOfKind(resource, 'Gateway'))
    .map((gateway) => `${gateway.metadata.namespace}/${gateway.metadata.name}`);
  return spec.gateways.flatMap((reference, index) => {
    const name = gatewayName(reference, metadata.namespace);
    return name === 'mesh' || existing.includes(name)
      ? []
      : [{ path: ['spec', 'gateways', index], message: `there is no Gateway ${name}` }];
  });
};
