import { expect, test } from 'vitest';
import { resourcesOf } from '../../test/bookinfo-mesh.js';
import { withModernResources } from './modern-resources.js';

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

test('nothing of 2017 adds nothing', () => {
  expect(withModernResources(service)).toBe(service);
});

test('as long as the rules and the Services stay, the resources that stand for them are the same', () => {
  const [, , made] = withModernResources([...rule, ...service]);
  expect(made?.kind).toBe('VirtualService');
  expect(withModernResources([...rule, ...service])[2]).toBe(made);
  expect(withModernResources([...rule])[1]).not.toBe(made);
  expect(withModernResources([...rule, ...service, ...resourcesOf(routeRule('b'))])[3]).not.toBe(made);
});
