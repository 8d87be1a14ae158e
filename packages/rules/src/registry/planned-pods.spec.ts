import { expect, test } from 'vitest';
import { resourcesOf } from '../testing/bookinfo-pods.js';
import { deploymentYaml } from '../testing/deployment.js';
import { plannedPods } from './planned-pods.js';

test('each replica of a Deployment is a ready pod with the labels and ports of its template', () => {
  expect(plannedPods(resourcesOf(deploymentYaml({ name: 'reviews', replicas: 2 })))).toEqual(
    ['reviews-v1-0', 'reviews-v1-1'].map((name) => ({
      name,
      namespace: 'default',
      labels: { app: 'reviews', version: 'v1' },
      address: '0.0.0.0',
      ports: { 9080: 9080 },
      ready: true,
    })),
  );
});

test('a Deployment without replicas has no pods', () => {
  expect(plannedPods(resourcesOf(deploymentYaml({ replicas: 0 })))).toEqual([]);
});
