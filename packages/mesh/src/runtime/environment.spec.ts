import { expect, test } from 'vitest';
import { deploymentYaml, resourcesOf } from '@bookinfo/rules/testing';
import { podEnvironment } from './environment.js';
import { readWorkload } from './workload.js';

const fields = ['metadata.name', 'metadata.namespace', 'status.podIP', 'spec.serviceAccountName'];

function environmentOf(env: Record<string, string>, machine: NodeJS.ProcessEnv = {}, traceUrl?: string) {
  const extra = fields.map(
    (field, index) => `  - { name: F${index}, valueFrom: { fieldRef: { fieldPath: ${field} } } }`,
  );
  const secret = '  - { name: S, valueFrom: { secretKeyRef: { name: s, key: k, optional: true } } }';
  const yaml = deploymentYaml({ env, container: [...extra, secret] });
  const deployment = resourcesOf(yaml).find((resource) => resource.kind === 'Deployment');
  const result = readWorkload(deployment!, () => 'pod.js');
  if (!('workload' in result)) throw new Error('not a workload');
  const pod = {
    name: 'echo-v1-x',
    namespace: 'default',
    port: 20_001,
    proxyUrl: 'http://127.0.0.1:4',
    traceUrl,
  };
  return podEnvironment(result.workload.template, pod, machine);
}

test('the environment of a pod is that of its manifest, with its own name, port and sidecar', () => {
  expect(environmentOf({ DETAILS_HOSTNAME: 'details' })).toEqual({
    DETAILS_HOSTNAME: 'details',
    VERSION: 'v1',
    F0: 'echo-v1-x',
    F1: 'default',
    F2: '127.0.0.1',
    F3: 'bookinfo-echo',
    HOSTNAME: 'echo-v1-x',
    HTTP_KEEP_ALIVE: 'true',
    HOST: '127.0.0.1',
    PORT: '20001',
    HTTP_PROXY: 'http://127.0.0.1:4',
    http_proxy: 'http://127.0.0.1:4',
    NO_PROXY: '',
    no_proxy: '',
  });
});

test('of the user’s environment only what a program needs gets through', () => {
  const machine = { PATH: '/bin', HOME: '/home/me', NO_PROXY: '*', SECRET: 'x', NODE_OPTIONS: '--inspect' };
  const environment = environmentOf({}, machine);
  expect(environment).toMatchObject({ PATH: '/bin', HOME: '/home/me' });
  for (const name of ['SECRET', 'NODE_OPTIONS']) expect(environment).not.toHaveProperty(name);
});

test('the manifest wins over the machine, but not over what stands in for the pod’s network', () => {
  const environment = environmentOf(
    { LANG: 'C', HTTP_KEEP_ALIVE: 'false', PORT: '9080', HTTP_PROXY: 'http://elsewhere', NO_PROXY: '*' },
    { LANG: 'de' },
  );
  expect(environment).toMatchObject({
    LANG: 'C',
    HTTP_KEEP_ALIVE: 'false',
    PORT: '20001',
    HTTP_PROXY: 'http://127.0.0.1:4',
    NO_PROXY: '',
  });
});

test('the page of traces is that of the mesh, unless the manifest names another', () => {
  const url = 'http://localhost:15000/#/traces/{traceId}';
  expect(environmentOf({}, {}, url)['TRACE_URL']).toBe(url);
  expect(environmentOf({ TRACE_URL: 'http://zipkin/{traceId}' }, {}, url)['TRACE_URL']).toBe(
    'http://zipkin/{traceId}',
  );
});
