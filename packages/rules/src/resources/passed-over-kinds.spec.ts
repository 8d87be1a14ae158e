import { expect, test } from 'vitest';
import { parseResources } from './parse-resources.js';
import { formatNotice } from './problem.js';

const parse = (apiVersion: string, kind: string) =>
  parseResources([
    {
      file: 'a.yaml',
      text: `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\nspec: { any: 1 }`,
    },
  ]);

test.each([
  ['v1', 'ConfigMap', 'note: ConfigMap is passed over (programs are configured by their environment here)'],
  [
    'security.istio.io/v1',
    'AuthorizationPolicy',
    'warning: AuthorizationPolicy is passed over (a cluster answers 403 to the requests that it denies, which are served here)',
  ],
  [
    'networking.k8s.io/v1',
    'Ingress',
    'warning: Ingress is passed over (the ingress gateway does not serve its routes here)',
  ],
])('a document of %s %s is passed over with its reason', (apiVersion, kind, notice) => {
  const { resources, problems, notices } = parse(apiVersion, kind);
  expect([...resources, ...problems]).toEqual([]);
  expect(notices.map(formatNotice)).toEqual([`a.yaml:2: ${notice}`]);
});

test.each([
  ['example.com/v1', 'Namespace'],
  ['security.istio.io/v1', 'AuthorizationPolice'],
  ['v1', 'constructor'],
])('a document of %s %s is refused', (apiVersion, kind) => {
  const { problems, notices } = parse(apiVersion, kind);
  expect(problems).toHaveLength(1);
  expect(notices).toEqual([]);
});
