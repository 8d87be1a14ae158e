import { expect, test } from 'vitest';
import { deploymentYaml, type DeploymentParts } from '../testing/deployment.js';
import { resourcesOf } from '../testing/bookinfo-pods.js';
import { byAge, withoutResources, withResources } from './resource-store.js';

const resources = (parts: DeploymentParts = {}) => resourcesOf(deploymentYaml(parts));
const actions = (changes: { kind: string; action: string }[]) =>
  changes.map(({ kind, action }) => `${kind} ${action}`);

test('a new resource is created, a different one configured, an equal one unchanged', () => {
  const first = withResources(new Map(), resources(), 1);
  expect(actions(first.changes)).toEqual(['Service created', 'Deployment created']);
  const second = withResources(first.store, resources({ replicas: 2 }), 2);
  expect(actions(second.changes)).toEqual(['Service unchanged', 'Deployment configured']);
});

test('a changed resource keeps its time of creation and its position', () => {
  const first = withResources(new Map(), resources({ name: 'a' }), 1);
  const second = withResources(first.store, resources({ name: 'b' }), 2);
  const third = withResources(second.store, resources({ name: 'a', replicas: 3 }), 3);
  expect([...third.store.keys()]).toEqual([...second.store.keys()]);
  expect(third.store.get('Deployment/default/a-v1')).toMatchObject({
    createdAt: 1,
    resource: { spec: { replicas: 3 } },
  });
});

test('deleting reports missing resources, and leaves the earlier store unchanged', () => {
  const { store } = withResources(new Map(), resources(), 1);
  const [service] = resources();
  const { store: rest, changes } = withoutResources(store, [service!, ...resources({ name: 'b' })]);
  expect(actions(changes)).toEqual(['Service deleted', 'Service not found', 'Deployment not found']);
  expect([...rest.keys()]).toEqual(['Deployment/default/echo-v1']);
  expect(store.size).toBe(2);
});

test('the oldest resource is first, and resources of one second are sorted by name', () => {
  const first = withResources(new Map(), resources({ name: 'z' }), 1_000);
  const second = withResources(first.store, resources({ name: 'c' }), 2_100);
  const third = withResources(second.store, resources({ name: 'b' }), 2_900);
  const services = byAge(third.store).filter(({ kind }) => kind === 'Service');
  expect(services.map(({ metadata }) => metadata.name)).toEqual(['z', 'b', 'c']);
});

const virtualService = (namespace: string, name: string) =>
  resourcesOf(
    `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: ${name}, namespace: ${namespace} }, spec: { hosts: [x], http: [{ directResponse: { status: 200 } }] } }`,
  );

const httpRoute = (namespace: string, name: string, parent = '') =>
  resourcesOf(
    `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: ${name}, namespace: ${namespace} }, spec: { parentRefs: [${parent}] } }`,
  );

const sorted = (...together: ReturnType<typeof resourcesOf>) =>
  byAge(withResources(new Map(), together, 0).store).map(
    ({ metadata: { namespace, name } }) => `${namespace}/${name}`,
  );

test('names of one second are compared before namespaces, whole and by code unit', () => {
  expect(
    sorted(
      ...virtualService('z', 'reviews'),
      ...virtualService('a', 'reviews.b'),
      ...virtualService('a', 'reviews-canary'),
      ...virtualService('b', 'reviews'),
    ),
  ).toEqual(['b/reviews', 'z/reviews', 'a/reviews-canary', 'a/reviews.b']);
});

test('of HTTPRoutes whose names begin alike the longer name is first', () => {
  const names = ['reviews', 'reviews-canary', 'reviews2', 'a.b', 'a'];
  expect(sorted(...names.flatMap((name) => httpRoute('default', name)))).toEqual([
    'default/a.b',
    'default/a',
    'default/reviews-canary',
    'default/reviews2',
    'default/reviews',
  ]);
});

test('an HTTPRoute for one port of a Service is before one for all ports', () => {
  expect(
    sorted(
      ...httpRoute('default', 'a', '{ group: "", kind: Service, name: multi }'),
      ...httpRoute('default', 'b', '{ group: "", kind: Service, name: multi, port: 7000 }'),
    ),
  ).toEqual(['default/b', 'default/a']);
});

test('among VirtualServices an HTTPRoute is where its namespace would be', () => {
  expect(
    sorted(
      ...virtualService('default', 'e'),
      ...httpRoute('default', 'z'),
      ...virtualService('default', 'default-x'),
    ),
  ).toEqual(['default/default-x', 'default/z', 'default/e']);
});

test('HTTPRoutes of one second are sorted by namespace before name', () => {
  const { store } = withResources(
    new Map(),
    [...httpRoute('b', 'a'), ...httpRoute('a-a', 'c'), ...httpRoute('a', 'z')],
    0,
  );
  expect(byAge(store).map(({ metadata }) => metadata.namespace)).toEqual(['a', 'a-a', 'b']);
});
