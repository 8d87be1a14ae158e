import { resolveHost, type VirtualService } from '@bookinfo/rules';
import type { Lint } from './lint.js';

/**
 * Warns of hosts of a VirtualService that no Service has: sidecars route them at port 80 alone. A gateway takes requests for
 * any host.
 */
export const unknownHosts: Lint<VirtualService> = ({ metadata, spec }, { registry }) => {
  if (!spec.gateways.includes('mesh')) return [];
  return spec.hosts.flatMap((host, index) => {
    if (host.includes('*') || registry.service(host, metadata.namespace)) return [];
    const message = `no Service or ServiceEntry has the host ${resolveHost(host, metadata.namespace)}`;
    return [{ path: ['spec', 'hosts', index], message }];
  });
};
