import { isIP } from 'node:net';
import { z } from 'zod';
import { address, ipRange } from '../schema/addresses.js';
import { complain, inert, list, mapOf, object, refused, unique } from '../schema/containers.js';
import { labelName, wildcardHost } from '../schema/names.js';
import { oneOf, portNumber } from '../schema/value.js';
import { exportTo } from './export-to.js';
import { labels, metadata } from './metadata.js';
import { networkingApiVersion } from './networking.js';

/** HTTPS and TLS ports can be routed to, with TLS origination; a client's own TLS or TCP does not pass a proxy here. */
const port = object({
  number: portNumber,
  protocol: oneOf('HTTP', 'HTTPS', 'TLS'),
  name: labelName,
  targetPort: portNumber.optional(),
});

const endpoint = object({
  address,
  ports: mapOf(portNumber).default({}),
  labels: labels.default({}),
  ...refused({
    locality: 'all endpoints are in one place here',
    network: 'there is one network here',
    serviceAccount: 'workloads have no certificates here',
    weight: 'all endpoints of a host weigh the same here',
  }),
});

const spec = object({
  hosts: list(wildcardHost, 1).superRefine(unique('host', (name) => name.toLowerCase())),
  addresses: list(ipRange).default([]),
  ports: list(port, 1)
    .superRefine(unique('port', (entry) => String(entry.number), ['number']))
    .superRefine(unique('port name', (entry) => entry.name, ['name'])),
  location: oneOf('MESH_EXTERNAL', 'MESH_INTERNAL').default('MESH_EXTERNAL'),
  resolution: oneOf('NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN').default('NONE'),
  endpoints: list(endpoint).default([]),
  workloadSelector: object({ labels }).optional(),
  exportTo,
  ...refused({
    subjectAltNames: 'they are checked where a DestinationRule makes TLS of it, in its own field',
  }),
}).superRefine(complainOfEndpoints);

/** Hosts that no Service has: names outside of the mesh, or workloads that Kubernetes doesn't know. */
export const serviceEntry = object({
  apiVersion: networkingApiVersion,
  kind: z.literal('ServiceEntry'),
  metadata,
  spec,
  ...inert('status'),
});

/** What Istio wants of hosts and endpoints for each resolution (pkg/config/validation/validation.go). */
function complainOfEndpoints(entry: z.infer<typeof spec>, context: z.core.$RefinementCtx): void {
  const { hosts, addresses, ports, resolution, endpoints, workloadSelector } = entry;
  const refuse = (path: (string | number)[], message: string): void => complain(context, message, path);
  if (hosts.includes('*')) refuse(['hosts', hosts.indexOf('*')], '"*" is no host (name one, or *.domain)');
  const range = addresses.findIndex((each) => each.includes('/'));
  if (range >= 0 && resolution.startsWith('DNS'))
    refuse(['addresses', range], 'ranges need the resolution NONE or STATIC');
  for (const [index, { address: where, ports: own }] of endpoints.entries()) {
    if (resolution === 'STATIC' && isIP(where) === 0)
      refuse(
        ['endpoints', index, 'address'],
        `${JSON.stringify(where)} is no IP address (use the resolution DNS for names)`,
      );
    for (const name of Object.keys(own))
      if (!ports.some((each) => each.name === name))
        refuse(['endpoints', index, 'ports', name], 'spec.ports has no port of this name');
  }
  if (workloadSelector && resolution !== 'STATIC')
    refuse(['workloadSelector'], 'it needs the resolution STATIC');
  if (workloadSelector && endpoints.length > 0)
    refuse(['workloadSelector'], 'it excludes endpoints (write one or the other)');
  switch (resolution) {
    case 'NONE':
      if (endpoints.length > 0) refuse(['endpoints'], 'the resolution NONE has none (use STATIC or DNS)');
      return;
    case 'STATIC':
      if (endpoints.length === 0 && !workloadSelector)
        refuse(['resolution'], 'STATIC needs endpoints or a workloadSelector');
      return;
    case 'DNS_ROUND_ROBIN':
    case 'DNS': {
      if (resolution === 'DNS_ROUND_ROBIN' && endpoints.length > 1)
        refuse(['endpoints'], 'the resolution DNS_ROUND_ROBIN takes one at most');
      const wildcard = hosts.findIndex((name) => name.startsWith('*'));
      if (endpoints.length === 0 && wildcard >= 0)
        refuse(['hosts', wildcard], 'a wildcard cannot be looked up (use the resolution NONE, or endpoints)');
    }
  }
}
