import { expect, test } from 'vitest';
import { DEFAULT_MESH_CONFIG } from '../model/mesh-config.js';
import { modelOfFiles } from '../model/model-of-files.js';
import { formatProblem } from '../resources/problem.js';

const routeRule = `
apiVersion: config.istio.io/v1alpha2
kind: RouteRule
metadata: { name: old }
spec:
  destination: { name: reviews }
`;
const virtualService = (hosts: string, more = '') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: new }
spec: { hosts: [${hosts}], ${more} http: [{ route: [{ destination: { host: reviews } }] }] }
`;

function problems(modern: string): string[] {
  const sources = [
    { file: 'old.yaml', text: routeRule },
    { file: 'new.yaml', text: modern },
  ];
  const result = modelOfFiles(sources, DEFAULT_MESH_CONFIG);
  return 'problems' in result ? result.problems.map(formatProblem) : [];
}

test.each(['reviews', '"*.default.svc.cluster.local"'])(
  'a RouteRule and a VirtualService for %s exclude each other',
  (host) => {
    expect(problems(virtualService(host))).toEqual([
      'old.yaml:6: VirtualService/default/new (new.yaml:2) already has rules for reviews.default.svc.cluster.local; delete it, or convert this file',
    ]);
  },
);

test('a VirtualService for another host, or for a gateway only, is no conflict', () => {
  expect(problems(virtualService('ratings'))).toEqual([]);
  expect(problems(virtualService('reviews', 'gateways: [door],'))).toEqual([]);
});
