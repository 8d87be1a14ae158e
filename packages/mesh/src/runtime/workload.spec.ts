import { expect, test } from 'vitest';
import { deploymentYaml, type DeploymentParts, resourcesOf } from '@bookinfo/rules/testing';
import { formatProblem } from '@bookinfo/rules';
import type { ProgramFor } from './program-for.js';
import { readWorkload } from './workload.js';

function read(parts: DeploymentParts, programFor: ProgramFor = () => '/programs/pod.js') {
  const deployment = resourcesOf(deploymentYaml(parts)).find((resource) => resource.kind === 'Deployment');
  return readWorkload(deployment!, programFor);
}

function hash(parts: DeploymentParts) {
  const result = read(parts);
  return 'workload' in result ? result.workload.template.hash : undefined;
}

test('a workload has the settings of its Deployment', () => {
  expect(read({ replicas: 3, graceSeconds: 7 })).toMatchObject({
    workload: {
      name: 'echo-v1',
      namespace: 'default',
      replicas: 3,
      template: {
        containerPort: 9080,
        program: '/programs/pod.js',
        serviceAccountName: 'bookinfo-echo',
        gracePeriodMs: 7000,
        labels: { app: 'echo', version: 'v1', 'pod-template-hash': expect.stringMatching(/^[a-z0-9]{9}$/) },
      },
    },
  });
});

test('the hash changes with the template and with nothing else', () => {
  expect(hash({ replicas: 3 })).toBe(hash({ replicas: 1 }));
  expect(hash({ env: { A: '1' } })).not.toBe(hash({ env: { A: '2' } }));
});

test('an image without a program is a problem at its line', () => {
  const result = read({ image: 'mongo:7' }, () => {
    throw new Error('no program for mongo:7');
  });
  expect('problems' in result && result.problems.map(formatProblem)).toEqual([
    'rules.yaml:19: no program for mongo:7',
  ]);
});

test.each([
  [true, []],
  [false, [expect.stringContaining('variable PASSWORD needs the Secret db')]],
])('a variable from a Secret whose reference is optional: %s', (optional, problems) => {
  const reference = `{ secretKeyRef: { name: db, key: p, optional: ${optional} } }`;
  const result = read({ container: [`  - { name: PASSWORD, valueFrom: ${reference} }`] });
  expect('problems' in result ? result.problems.map(({ message }) => message) : []).toEqual(problems);
});

test('a Secret is no problem where something else runs the containers', () => {
  const container = ['  - { name: PASSWORD, valueFrom: { secretKeyRef: { name: db, key: p } } }'];
  expect(read({ container }, () => undefined)).toHaveProperty('workload');
});
