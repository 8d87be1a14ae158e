import { expect, test } from 'vitest';
import { noticesOfSpec, problemsOfSpec } from '../../testing/problems-of-spec.js';
import { parseResources } from '../parse-resources.js';

/** The spec of a Deployment with these fields in its container, its pods and itself. */
const specWith = (container: string, pod = '', spec = ''): string => `{
  selector: { matchLabels: { app: reviews } },
  template: { metadata: { labels: { app: reviews } }, spec: { containers: [{ name: reviews, image: a:1, ${container} }], ${pod} } },
  ${spec} }`;
const problemsWith = (...fields: Parameters<typeof specWith>): string[] =>
  problemsOfSpec('Deployment', specWith(...fields));

test('has the defaults of Kubernetes', () => {
  const spec = specWith('readinessProbe: { httpGet: { port: 9080 } }');
  const text = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: reviews-v1 }, spec: ${spec} }`;
  const [parsed] = parseResources([{ file: 'x.yaml', text }]).resources;
  expect(parsed?.spec).toMatchObject({
    replicas: 1,
    template: {
      spec: {
        terminationGracePeriodSeconds: 30,
        containers: [
          {
            env: [],
            ports: [],
            readinessProbe: {
              httpGet: { path: '/', port: 9080 },
              initialDelaySeconds: 0,
              periodSeconds: 10,
              timeoutSeconds: 1,
              successThreshold: 1,
              failureThreshold: 3,
            },
          },
        ],
      },
    },
  });
});

test.each([
  'env: [{ name: A, value: "1" }, { name: B }]',
  'env: [{ name: A, valueFrom: { fieldRef: { fieldPath: "metadata.labels[\'version\']" } } }]',
  'env: [{ name: A, valueFrom: { secretKeyRef: { name: s, key: k, optional: true } } }]',
  'env: [{ name: A, valueFrom: { secretKeyRef: { name: s, key: k } } }]',
  'resources: { limits: { cpu: 1 } }, securityContext: { runAsNonRoot: true }, volumeMounts: [], lifecycle: {}, imagePullPolicy: Always',
])('accepts %s', (container) => {
  expect(problemsWith(container)).toEqual([]);
});

const container = 'spec.template.spec.containers[0]';
test.each([
  [
    'env: [{ name: A, value: 9080 }]',
    `${container}.env[0].value: 9080 is not a string (put numbers and booleans in quotes)`,
  ],
  ['env: [{ name: A=B }]', `${container}.env[0].name: "A=B" is not the name of an environment variable`],
  ['env: [{ name: A }, { name: A }]', `${container}.env[1].name: variable "A" is repeated`],
  [
    'env: [{ name: A, value: b, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]',
    `${container}.env[0]: value and valueFrom exclude each other`,
  ],
  [
    'env: [{ name: A, valueFrom: {} }]',
    `${container}.env[0].valueFrom: one of fieldRef and secretKeyRef is needed`,
  ],
  [
    'env: [{ name: A, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }]',
    `${container}.env[0].valueFrom.fieldRef.fieldPath: "spec.nodeName" is not one of metadata.name, metadata.namespace, metadata.labels['<key>'], status.podIP, spec.serviceAccountName`,
  ],
  [
    'ports: [{ containerPort: 70000 }]',
    `${container}.ports[0].containerPort: 70000 is not a whole number from 1 to 65535`,
  ],
  ['command: [sh]', expect.stringMatching(/containers\[0\]\.command is not supported \(an image/)],
])('refuses %s', (fields, message) => {
  expect(problemsWith(fields)).toEqual([message]);
});

test.each([
  ['NODE_OPTIONS', 'Node.js'],
  ['node_options', 'Node.js'],
  ['LD_PRELOAD', 'the dynamic loader'],
  ['DYLD_INSERT_LIBRARIES', 'the dynamic loader'],
  ['GCONV_PATH', 'the C library'],
  ['OPENSSL_CONF', 'OpenSSL'],
  ['PATH', 'the system'],
  ['HOME', 'the system'],
])('refuses the variable %s, by which another program could run', (name, reader) => {
  const message = `${container}.env[0].name: variable "${name}" is not supported (${reader} reads it, and could run another program)`;
  expect(problemsWith(`env: [{ name: ${name}, value: x }]`)).toEqual([message]);
  const valueFrom = '{ fieldRef: { fieldPath: metadata.name } }';
  expect(problemsWith(`env: [{ name: ${name}, valueFrom: ${valueFrom} }]`)).toEqual([message]);
});

test('accepts variables whose names only contain those of a loader', () => {
  expect(problemsWith('env: [{ name: MY_NODE_OPTIONS }, { name: LOG_PATH }, { name: NODES }]')).toEqual([]);
});

test('a probe by another means than HTTP is passed over, and leaves the probe by the port', () => {
  const fields = 'readinessProbe: { exec: { command: [ok] }, periodSeconds: 1 }';
  expect(problemsWith(fields)).toEqual([]);
  expect(noticesOfSpec('Deployment', specWith(fields))).toEqual([
    expect.stringMatching(/readinessProbe\.exec is passed over \(pods are probed by HTTP, and without it by/),
  ]);
  const text = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: ${specWith(fields)} }`;
  const [parsed] = parseResources([{ file: 'x.yaml', text }]).resources;
  expect(parsed?.spec).toHaveProperty('template.spec.containers.0.readinessProbe', undefined);
});

test('a second container, init containers and args are passed over', () => {
  const second = specWith('args: [-v]', 'initContainers: []').replace(
    '}],',
    '}, { name: b, image: b, command: [b] }],',
  );
  expect(problemsOfSpec('Deployment', second)).toEqual([]);
  expect(noticesOfSpec('Deployment', second)).toEqual([
    'note: spec.template.spec.containers is passed over (all but the first: a pod is one process here)',
    'note: spec.template.spec.containers[0].args is passed over (an image is a program of this repository, which has no arguments)',
    'note: spec.template.spec.initContainers is passed over (a pod is one process here)',
  ]);
});

test('refuses a selector that its own pods do not match', () => {
  expect(
    problemsOfSpec(
      'Deployment',
      specWith('').replace('{ app: reviews } }', '{ app: reviews, version: v1 } }'),
    ),
  ).toEqual([
    'spec.template.metadata.labels: the pods of this template lack the label version: v1, which the selector requires',
  ]);
});

test('refuses a selector for all pods', () => {
  const spec = specWith('').replace('matchLabels: { app: reviews }', 'matchLabels: {}');
  expect(problemsOfSpec('Deployment', spec)).toEqual([
    'spec.selector.matchLabels: at least one label is needed',
  ]);
});

test('refuses replicas that are not a number', () => {
  expect(problemsWith('', '', 'replicas: many')).toEqual([
    'spec.replicas: "many" is not a whole number from 0 to 100',
  ]);
});
