import { expect, test } from 'vitest';
import { deploymentYaml } from '../testing/deployment.js';
import { pod, resourcesOf } from '../testing/bookinfo-pods.js';
import { DEFAULT_MESH_CONFIG } from './mesh-config.js';
import { type MeshAtTime, modelOfFiles } from './model-of-files.js';
import { withResources } from './resource-store.js';

const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: { name: reviews }\nspec: { ports: [{ port: 9080 }] }\n';
const RATINGS = deploymentYaml({ name: 'ratings' });
const { store } = withResources(new Map(), resourcesOf(deploymentYaml({ name: 'reviews' })), 0);

function modelIn(mesh: Partial<MeshAtTime>, ...texts: string[]) {
  const sources = texts.map((text, index) => ({ file: `${index}.yaml`, text }));
  const result = modelOfFiles(sources, DEFAULT_MESH_CONFIG, { store, now: 0, ...mesh });
  if ('problems' in result) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.model;
}

test('without pods of its own, a mesh has those that its Deployments ask for', () => {
  expect(modelIn({}, RATINGS).pods.map(({ name }) => name)).toEqual(['ratings-v1-0', 'reviews-v1-0']);
});

test('the pods of a mesh are those that run, and of files those that their new Deployments ask for', () => {
  const { pods } = modelIn({ pods: [pod('reviews-v1', { ready: false })] }, RATINGS);
  expect(pods.map(({ name, ready }) => [name, ready])).toEqual([
    ['reviews-v1', false],
    ['ratings-v1-0', true],
  ]);
});

test('resources of files that name no namespace are in that of the mesh', () => {
  const own = SERVICE.replace('name: reviews', 'name: own, namespace: shop');
  const self = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: hall }\n';
  const { resources } = modelIn({ namespace: 'books' }, SERVICE, own, self);
  expect(resources.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
    'hall/hall',
    'shop/own',
    'books/reviews',
    'default/reviews',
    'default/reviews-v1',
  ]);
});
