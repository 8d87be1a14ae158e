import { expect, test } from 'vitest';
import { deploymentYaml, resourcesOf } from '@bookinfo/rules/testing';
import type { PodStatus } from '../runtime/pod-status.js';
import { withResources } from '@bookinfo/rules';
import { showResources } from './show-resources.js';
import { formatTable } from '@bookinfo/text';

const rules = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: echo }
spec: { hosts: [echo], http: [{ timeout: 90s, route: [{ destination: { host: echo, subset: v1 } }] }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: echo }
spec: { host: echo, subsets: [{ name: v1, labels: { version: v1 } }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: door }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: echo }
spec: { parentRefs: [{ name: door }], hostnames: [echo.example.com] }
`;
const { store } = withResources(new Map(), resourcesOf(`${deploymentYaml({ replicas: 2 })}---${rules}`), 0);
const pod: PodStatus = {
  name: 'echo-v1-abc-12345',
  namespace: 'default',
  deployment: 'echo-v1',
  labels: { app: 'echo', version: 'v1' },
  phase: 'Running',
  ready: true,
  restarts: 2,
  proxy: 'embedded',
  address: '127.0.0.1:20001',
  createdAt: 60_000,
};
const state = { store, pods: [pod], now: 180_000 };

/** Returns the tables as text. */
function show(kind?: string, name?: string): string {
  return showResources(state, kind, name).tables.map(formatTable).join('\n\n');
}

test('pods are shown as kubectl shows them, with their version and address', () => {
  expect(
    show('po')
      .split('\n')
      .map((line) => line.split(/ +/)),
  ).toEqual([
    ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'VERSION', 'PROXY', 'ADDRESS'],
    ['echo-v1-abc-12345', '1/1', 'Running', '2', '2m', 'v1', 'embedded', '127.0.0.1:20001'],
  ]);
});

test.each([
  ['svc', 'NAME   TYPE        PORT(S)    AGE\necho   ClusterIP   9080/TCP   3m'],
  ['deploy', 'NAME      READY   AVAILABLE   AGE\necho-v1   1/2     1           3m'],
  ['vs', 'NAME   GATEWAYS   HOSTS      AGE\necho   ["mesh"]   ["echo"]   3m'],
  ['dr', 'NAME   HOST   AGE\necho   echo   3m'],
  ['gw', 'NAME   AGE\ndoor   3m'],
  ['gtw', 'NAME   CLASS   AGE\ndoor   istio   3m'],
  ['httproute', 'NAME   HOSTNAMES              AGE\necho   ["echo.example.com"]   3m'],
])('get %s has the columns of kubectl', (kind, text) => {
  expect(show(kind)).toBe(text);
});

test('all shows every kind that has resources, with the kind before each name', () => {
  const names = showResources(state).tables.flatMap(({ rows }) => rows.map(([name]) => name));
  expect(names).toEqual([
    'pod/echo-v1-abc-12345',
    'service/echo',
    'deployment.apps/echo-v1',
    'gateway.networking.istio.io/door',
    'virtualservice.networking.istio.io/echo',
    'destinationrule.networking.istio.io/echo',
    'gateway.gateway.networking.k8s.io/door',
    'httproute.gateway.networking.k8s.io/echo',
  ]);
});

test('a name of two kinds shows both, and one of them alone as if it were the only one', () => {
  expect(show('gateway')).toBe(
    'NAME                               AGE\ngateway.networking.istio.io/door   3m\n\n' +
      'NAME                                     CLASS   AGE\ngateway.gateway.networking.k8s.io/door   istio   3m',
  );
  const istioOnly = new Map([...store].filter(([key]) => !key.includes('k8s')));
  expect(showResources({ ...state, store: istioOnly }, 'gateway').tables.map(formatTable)).toEqual([
    'NAME   AGE\ndoor   3m',
  ]);
});

test('objects are the manifests as they are written, durations included and defaults left out', () => {
  const [rule] = showResources(state, 'vs', 'echo').items;
  expect(JSON.parse(JSON.stringify(rule))).toEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'echo', namespace: 'default', creationTimestamp: '1970-01-01T00:00:00.000Z' },
    spec: {
      hosts: ['echo'],
      http: [{ timeout: '90s', route: [{ destination: { host: 'echo', subset: 'v1' } }] }],
    },
  });
});

test('the values of a Secret are not shown', () => {
  const text =
    '{ apiVersion: v1, kind: Secret, metadata: { name: a }, data: { tls.key: cHJpdmF0ZQ== }, stringData: { b: private } }';
  const secrets = withResources(new Map(), resourcesOf(text), 0).store;
  const { items, tables } = showResources({ store: secrets, pods: [], now: 0 }, 'secrets');
  expect(items).toMatchObject([{ data: { 'tls.key': '' }, stringData: { b: '' } }]);
  expect(tables[0]?.rows).toEqual([['a', 'Opaque', '2', '0s']]);
});

test('a kind or a name that does not exist is an error that names it', () => {
  expect(() => showResources(state, 'configmaps')).toThrow(
    'There is no kind "configmaps". Kinds: all, po, svc, sa, ns, secret, deploy, gw, vs, dr, se, sidecar, telemetry, gtw, httproute, refgrant, routerule, destinationpolicy, egressrule.',
  );
  expect(() => showResources(state, 'vs', 'no')).toThrow(
    'virtualservices.networking.istio.io "no" not found',
  );
  expect(() => showResources(state, 'gateway', 'no')).toThrow(
    'gateways.networking.istio.io, gateways.gateway.networking.k8s.io "no" not found',
  );
  expect(() => showResources(state, 'all', 'no')).toThrow('No resource has the name "no".');
});
