import { isIP } from 'node:net';
import { z } from 'zod';
import { address, ipRange } from '../schema/addresses.js';
import {
  addIssue,
  ignoredFields,
  list,
  mapOf,
  object,
  passedOverFields,
  unsupportedFields,
  unique,
} from '../schema/containers.js';
import { labelName, wildcardHost } from '../schema/names.js';
import { oneOf, portNumber, value, wholeNumber } from '../schema/value.js';
import { serviceExportTo } from './export-to.js';
import { labels, metadata } from './metadata.js';
import { networkingApiVersion } from './networking.js';

/** Istio's protocols (pkg/config/protocol, Parse), of which the first are HTTP. Others pass through, TLS for TLS origination. */
const HTTP_PROTOCOLS = ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB'] as const;
const PROTOCOLS = [...HTTP_PROTOCOLS, 'HTTPS', 'TLS', 'TCP', 'UDP', 'MONGO', 'MYSQL', 'REDIS'] as const;
type Protocol = (typeof PROTOCOLS)[number];

const protocol = value<string>(
  (input) => typeof input === 'string' && PROTOCOLS.some((each) => each === input.toUpperCase()),
  `one of ${PROTOCOLS.join(', ')}, in any case`,
).transform((text) => text.toUpperCase() as Protocol);

/** Returns true for a protocol that HTTP rules apply to. */
export const isHttpProtocol = (name: Protocol): boolean => HTTP_PROTOCOLS.some((each) => each === name);

const port = object({
  number: portNumber,
  protocol,
  name: labelName,
  targetPort: portNumber.optional(),
});

/** The largest weight, and the largest sum of the weights of endpoints that Envoy takes. */
const MAX_UINT32 = 2 ** 32 - 1;

const endpoint = object({
  address,
  ports: mapOf(portNumber).default({}),
  labels: labels.default({}),
  weight: wholeNumber(0, MAX_UINT32).default(0),
  ...passedOverFields({ locality: 'all endpoints are in one locality here' }, 'warning'),
  ...unsupportedFields({
    network: 'there is only one network',
    serviceAccount: 'workloads have no certificates',
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
  exportTo: serviceExportTo,
  ...unsupportedFields({
    subjectAltNames: 'write them in tls of a DestinationRule',
  }),
}).superRefine(checkEndpoints);

/** Hosts without a Service: names outside the mesh, or workloads outside Kubernetes. */
export const serviceEntry = object({
  apiVersion: networkingApiVersion,
  kind: z.literal('ServiceEntry'),
  metadata,
  spec,
  ...ignoredFields('status'),
});

/** Checks hosts and endpoints by the resolution, as Istio does (pkg/config/validation/validation.go). */
function checkEndpoints(entry: z.infer<typeof spec>, context: z.core.$RefinementCtx): void {
  const { hosts, addresses, ports, resolution, endpoints, workloadSelector } = entry;
  const refuse = (path: (string | number)[], message: string): void => addIssue(context, message, path);
  if (hosts.includes('*'))
    refuse(['hosts', hosts.indexOf('*')], '"*" is not allowed (name a host, or *.domain)');
  const range = addresses.findIndex((each) => each.includes('/'));
  if (range >= 0 && resolution.startsWith('DNS'))
    refuse(['addresses', range], 'ranges need the resolution NONE or STATIC');
  for (const [index, { address: where, ports: own }] of endpoints.entries()) {
    if (resolution === 'STATIC' && isIP(where) === 0)
      refuse(
        ['endpoints', index, 'address'],
        `${JSON.stringify(where)} is not an IP address (use the resolution DNS for names)`,
      );
    for (const name of Object.keys(own))
      if (!ports.some((each) => each.name === name))
        refuse(['endpoints', index, 'ports', name], 'spec.ports has no port with this name');
  }
  if (endpoints.reduce((sum, { weight }) => sum + Math.max(1, weight), 0) > MAX_UINT32)
    refuse(['endpoints'], `the sum of their weights is greater than ${MAX_UINT32}, which Envoy refuses`);
  if (workloadSelector && resolution !== 'STATIC')
    refuse(['workloadSelector'], 'it needs the resolution STATIC');
  if (workloadSelector && endpoints.length > 0)
    refuse(['workloadSelector'], 'it excludes endpoints (write one or the other)');
  switch (resolution) {
    case 'NONE':
      if (endpoints.length > 0)
        refuse(['endpoints'], 'the resolution NONE has no endpoints (use STATIC or DNS)');
      return;
    case 'STATIC':
      if (endpoints.length === 0 && !workloadSelector)
        refuse(['resolution'], 'STATIC needs endpoints or a workloadSelector');
      return;
    case 'DNS_ROUND_ROBIN':
    case 'DNS': {
      if (resolution === 'DNS_ROUND_ROBIN' && endpoints.length > 1)
        refuse(['endpoints'], 'the resolution DNS_ROUND_ROBIN has at most one endpoint');
      const wildcard = hosts.findIndex((name) => name.startsWith('*'));
      if (endpoints.length === 0 && wildcard >= 0)
        refuse(['hosts', wildcard], 'a wildcard cannot be looked up (use the resolution NONE, or endpoints)');
    }
  }
}
