import { expect, test } from 'vitest';
import { resourcesOf } from '../testing/bookinfo-pods.js';
import { formatProblem } from '../resources/problem.js';
import { convert } from './convert.js';

const routeRule = (name: string, spec: string, namespace = 'default'): string => `
apiVersion: config.istio.io/v1alpha2
kind: RouteRule
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
---
`;
const labelled = (value: string) => `{ labels: { 'app.example.com/Version': ${value} }, weight: 25 }`;
const converted = (...rules: string[]) => {
  const { resources, warnings } = convert(resourcesOf(rules.join('')));
  return { manifests: resources.map(({ manifest }) => manifest), warnings: warnings.map(formatProblem) };
};

test('the rules of one host become one VirtualService, without unreachable rules', () => {
  const { manifests, warnings } = converted(
    routeRule('a', '{ destination: { name: reviews } }'),
    routeRule('b', '{ destination: { name: reviews }, precedence: 1, redirect: { uri: /x } }'),
    routeRule('c', '{ destination: { name: ratings } }'),
  );
  expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'VirtualService reviews',
    'VirtualService ratings',
  ]);
  expect(warnings).toEqual([
    'rules.yaml:2: no request reaches this rule: RouteRule/default/b matches all requests',
  ]);
});

test('each set of labels becomes a subset with a valid name', () => {
  const { manifests } = converted(
    routeRule(
      'a',
      `{ destination: { name: reviews }, route: [${['v1.0', 'v1-0', 'v1_0', 'v1.0'].map(labelled).join(', ')}] }`,
    ),
  );
  expect(manifests[1]).toMatchObject({
    spec: {
      subsets: [
        { name: 'app-example-com-version-v1-0', labels: { 'app.example.com/Version': 'v1.0' } },
        { name: 'app-example-com-version-v1-0-2', labels: { 'app.example.com/Version': 'v1-0' } },
        { name: 'app-example-com-version-v1-0-3', labels: { 'app.example.com/Version': 'v1_0' } },
      ],
    },
  });
});

test('converted resources are in the namespace of their Service and use its short name', () => {
  const { manifests } = converted(
    routeRule(
      'a',
      '{ destination: { name: reviews, namespace: shop }, route: [{ destination: { name: ratings }, labels: { version: v1 } }] }',
      'rules',
    ),
  );
  expect(manifests).toMatchObject([
    {
      metadata: { name: 'reviews', namespace: 'shop' },
      spec: {
        hosts: ['reviews'],
        http: [{ route: [{ destination: { host: 'ratings.rules.svc.cluster.local' } }] }],
      },
    },
    { metadata: { name: 'ratings-route-rules', namespace: 'rules' }, spec: { host: 'ratings' } },
  ]);
});

test('a rule whose source has no Service is omitted', () => {
  const { manifests, warnings } = converted(
    routeRule('a', '{ destination: { name: reviews }, match: { source: { name: missing } } }'),
  );
  expect(manifests).toMatchObject([{ spec: { http: [{ timeout: '15s' }] } }]);
  expect(warnings).toEqual([
    'rules.yaml:5: no Service of this name selects pods, so the rule matches no request',
  ]);
});

test('durations are converted as they are written', () => {
  const rule =
    '{ destination: { name: reviews }, route: [{ labels: { version: v1 } }], corsPolicy: { maxAge: 60s }, ' +
    'httpFault: { delay: { percent: 10, fixedDelay: 1.5s } }, httpReqTimeout: { simpleTimeout: { timeout: 0h2m } }, ' +
    'httpReqRetries: { simpleRetry: { attempts: 1, perTryTimeout: 500ms } } }';
  const policy =
    '{ destination: { name: reviews }, circuitBreaker: { simpleCb: { sleepWindow: 4000ms, httpDetectionInterval: 90s } } }';
  const { resources } = convert(
    resourcesOf(`${routeRule('a', rule)}${routeRule('b', policy).replace('RouteRule', 'DestinationPolicy')}`),
  );
  const text = JSON.stringify(resources.map(({ manifest }) => manifest));
  for (const duration of ['60s', '1.5s', '0h2m', '500ms', '4000ms', '90s'])
    expect(text).toContain(`"${duration}"`);
});
