import type { EgressRule } from '../resources/resource.js';
import { API_VERSION, type ConvertedResource } from './converted.js';

/**
 * Converts an EgressRule to a ServiceEntry without endpoints: Istio 0.2 sent requests to the address that the client called
 * (pilot/proxy/envoy/egress.go).
 */
export function serviceEntryOf({ metadata, spec, source }: EgressRule): ConvertedResource {
  const { name, namespace } = metadata;
  return {
    manifest: {
      apiVersion: API_VERSION,
      kind: 'ServiceEntry',
      metadata: { name, namespace },
      spec: {
        hosts: [spec.destination.service],
        location: 'MESH_EXTERNAL',
        resolution: 'NONE',
        ports: spec.ports.map(({ port }) => ({ number: port, name: `http-${port}`, protocol: 'HTTP' })),
      },
    },
    origin: source.start,
    rules: [],
  };
}
