import type { VirtualService } from '@bookinfo/rules';
import type { Lint } from './lint.js';

/** Warns of matches for a port that no host of the VirtualService has. */
export const unknownPorts: Lint<VirtualService> = ({ metadata, spec }, { registry }) => {
  if (!spec.gateways.includes('mesh')) return [];
  const services = spec.hosts.flatMap((host) => registry.service(host, metadata.namespace) ?? []);
  const ports = new Set(services.flatMap((service) => service.ports.map(({ number }) => number)));
  if (services.length === 0) return [];
  const message = (port: number): string =>
    `${spec.hosts.join(', ')} has no port ${port} (it has ${[...ports].join(', ')})`;
  return spec.http.flatMap(({ match }, rule) =>
    match.flatMap(({ port, gateways }, index) => {
      const isForMesh = gateways.length === 0 || gateways.includes('mesh');
      return port === undefined || !isForMesh || ports.has(port)
        ? []
        : [
            {
              code: 'unknown-port',
              path: ['spec', 'http', rule, 'match', index, 'port'],
              message: message(port),
            },
          ];
    }),
  );
};
