import { basename } from 'node:path';
import { parseResources } from '@bookinfo/rules';
import { describe, expect, it } from 'vitest';
import { textOf, yamlFiles } from './deploy-files.ts';

const jason = { request: { headers: { 'end-user': { exact: 'jason' } } } };
const to = (version: string, weight?: number) => ({
  labels: { version },
  ...(weight !== undefined && { weight }),
});
const first = (name: string, ...route: object[]) => ({
  destination: { name, labels: {} },
  precedence: 1,
  route,
});
const test = (name: string, version: string, fault = {}) => ({
  destination: { name, labels: {} },
  precedence: 2,
  match: jason,
  route: [to(version)],
  ...fault,
});

/** The specs of the rules of each file, by the effect that Istio's documentation of 2017 describes. */
const effects = {
  'destination-policy-reviews.yaml': [
    { destination: { name: 'reviews', labels: {} }, loadBalancing: { name: 'RANDOM' } },
  ],
  'route-rule-all-v1.yaml': ['productpage', 'reviews', 'ratings', 'details'].map((name) =>
    first(name, to('v1')),
  ),
  'route-rule-reviews-test-v2.yaml': [test('reviews', 'v2')],
  'route-rule-ratings-test-delay.yaml': [
    test('ratings', 'v1', { httpFault: { delay: { percent: 100, fixedDelay: { ms: 7000, text: '7s' } } } }),
  ],
  'route-rule-ratings-test-abort.yaml': [
    test('ratings', 'v1', { httpFault: { abort: { percent: 100, httpStatus: 500 } } }),
  ],
  'route-rule-reviews-v3.yaml': [first('reviews', to('v3'))],
  'route-rule-reviews-50-v3.yaml': [first('reviews', to('v1', 50), to('v3', 50))],
  'route-rule-reviews-80-20.yaml': [first('reviews', to('v1', 80), to('v2', 20))],
  'route-rule-reviews-90-10.yaml': [first('reviews', to('v1', 90), to('v2', 10))],
  'route-rule-reviews-v2-v3.yaml': [first('reviews', to('v2', 50), to('v3', 50))],
};

describe.each(Object.entries(effects))('kube/%s', (file, specs) => {
  it('has the documented effect', () => {
    const { resources, problems } = parseResources([{ file, text: textOf(`kube/${file}`) }]);
    expect(problems).toEqual([]);
    expect(resources.map((resource) => 'spec' in resource && resource.spec)).toMatchObject(specs);
  });
});

it('deploy/kube holds these files and no others, each explained in deploy/README.md', () => {
  const files = yamlFiles('kube').map((file) => basename(file));
  expect(files).toEqual(Object.keys(effects).toSorted());
  expect(files.filter((file) => !textOf('README.md').includes(`| [${file}](kube/${file})`))).toEqual([]);
});
