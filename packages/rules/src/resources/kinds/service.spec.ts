import { expect, test } from 'vitest';
import { noticesOfSpec, problemsOfSpec } from '../../testing/problems-of-spec.js';
import { parseResources } from '../parse-resources.js';

test.each([
  ['{ ports: [] }', 'spec.ports: [] is not a list of at least 1'],
  ['{ ports: [{ port: 80 }, { port: 80 }] }', 'spec.ports[1].port: port "80" is repeated'],
  [
    '{ ports: [{ port: 80, targetPort: http }] }',
    'spec.ports[0].targetPort: "http" is not a whole number from 1 to 65535',
  ],
  ['{ ports: [{ port: 80, protocol: HTTP }] }', 'spec.ports[0].protocol: "HTTP" is not one of TCP'],
  [
    '{ type: ExternalName, ports: [{ port: 80 }] }',
    'spec.type: "ExternalName" is not one of ClusterIP, LoadBalancer, NodePort',
  ],
])('refuses %s', (spec, message) => {
  expect(problemsOfSpec('Service', spec)).toEqual([message]);
});

test('refuses a name that cannot be part of a host', () => {
  const text = '{ apiVersion: v1, kind: Service, metadata: { name: a.b }, spec: { ports: [{ port: 80 }] } }';
  expect(parseResources([{ file: 'x.yaml', text }]).problems).toMatchObject([
    {
      message:
        'metadata.name: "a.b" is not a name (lower-case letters, digits and "-", at most 63 characters)',
    },
  ]);
});

test('ports of UDP are passed over, and addresses of the cluster ignored', () => {
  const spec = '{ clusterIP: None, ports: [{ port: 53 }, { port: 53, protocol: UDP }] }';
  expect(problemsOfSpec('Service', spec)).toEqual([]);
  expect(noticesOfSpec('Service', spec)).toEqual([
    'note: spec.ports[1] is passed over (only TCP is forwarded)',
  ]);
});
