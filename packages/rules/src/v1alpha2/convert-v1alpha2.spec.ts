import { expect, test } from 'vitest';
import { resourcesOf } from '../testing/bookinfo-pods.js';
import { convertV1alpha2 } from './convert-v1alpha2.js';

const routeRule = (name: string) => `
apiVersion: config.istio.io/v1alpha2
kind: RouteRule
metadata: { name: ${name} }
spec: { destination: { name: reviews }, match: { source: { name: productpage } } }
`;
const service = resourcesOf(`
apiVersion: v1
kind: Service
metadata: { name: productpage }
spec: { selector: { app: productpage }, ports: [{ port: 9080 }] }
`);
const rule = resourcesOf(routeRule('a'));

test('resources without any of the 2017 kinds stay the same list', () => {
  expect(convertV1alpha2(service)).toBe(service);
});

test('a VirtualService replaces the RouteRules of its host', () => {
  const kinds = convertV1alpha2([...rule, ...service, ...resourcesOf(routeRule('b'))]).map(
    ({ kind }) => kind,
  );
  expect(kinds).toEqual(['Service', 'VirtualService']);
});
