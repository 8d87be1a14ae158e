import { expect, test } from 'vitest';
import { forwardsOf, outcomeOf, tableOf } from '../testing/bookinfo-mesh.js';
import { SIDECAR, bookinfoFiles } from '@bookinfo/rules/testing';
import { modelOfFiles, formatProblem, checkedIstioVersion, DEFAULT_MESH_CONFIG } from '@bookinfo/rules';

const under = (istioVersion: string, rules = '') => tableOf(rules, SIDECAR, undefined, { istioVersion });

function problems(istioVersion: string, http: string): string[] {
  const text = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - ${http}
`;
  const files = [...bookinfoFiles(), { file: 'r.yaml', text }];
  const result = modelOfFiles(files, { ...DEFAULT_MESH_CONFIG, istioVersion });
  return 'problems' in result ? result.problems.map(formatProblem) : [];
}

/** Returns the status codes that sidecars retry by default. */
const codes = (version: string) =>
  forwardsOf(under(version), 'reviews').map(({ retryPolicy }) => retryPolicy.retriableStatusCodes);
const entries = (...weights: number[]) =>
  weights.map((weight) => `{ destination: { host: reviews }, weight: ${weight} }`).join(', ');

test.each(['1.32', '1.31', '1.22.3', '1.0', '1.9'])('%s is a version of Istio', (version) => {
  expect(checkedIstioVersion(version)).toBe(version);
});

test.each(['1.33', '2.0', '1', '1.22.x', 'latest', ''])(
  '%j is none, and the error says what would be',
  (version) => {
    expect(() => checkedIstioVersion(version)).toThrow(
      new RangeError(
        `${JSON.stringify(version)} is not a version of Istio from 1.0 to 1.32, like 1.32 or 1.22.3`,
      ),
    );
  },
);

test("a backend's own 503 is retried by default through 1.23", () => {
  expect([codes('1.23.9'), codes('1.24')]).toEqual([[[503]], [[]]]);
});

test('endpoints take turns by default before 1.14', () => {
  const name = 'outbound|9080||reviews.default.svc.cluster.local';
  const policy = (version: string) => under(version).clusters.get(name)?.lbPolicy;
  expect([policy('1.13'), policy('1.14')]).toEqual([{ kind: 'ROUND_ROBIN' }, { kind: 'LEAST_REQUEST' }]);
});

test('a host with a trailing dot is a domain since 1.27', () => {
  const authority = 'reviews.default.svc.cluster.local.';
  expect(outcomeOf(under('1.26'), { authority })).toBe('passthrough');
  expect(outcomeOf(under('1.27'), { authority })).toContain('reviews-v1');
});

test.each([
  [
    '1.18',
    `{ rewrite: { uriRegexRewrite: { match: a, rewrite: b } }, route: [${entries(1)}] }`,
    'rewrite: there is no uriRegexRewrite (Istio 1.18 does not allow it, 1.19 does)',
  ],
  [
    '1.19',
    `{ mirrors: [{ destination: { host: a } }], route: [${entries(1)}] }`,
    'mirrors: there is only mirror (Istio 1.19 does not allow it, 1.20 does)',
  ],
  [
    '1.30',
    '{ redirect: { prefixRewrite: / } }',
    'redirect: there is no prefixRewrite (Istio 1.30 does not allow it, 1.31 does)',
  ],
])('through %s a rule cannot be %s', (version, http, message) => {
  expect(problems(version, http)).toEqual([`r.yaml:7: spec.http[0].${message}`]);
  expect(problems('1.31', http)).toEqual([]);
});

test('several weights have to total 100 through 1.12', () => {
  const http = `{ route: [${entries(1, 3)}] }`;
  expect(problems('1.12', http)).toEqual([
    'r.yaml:7: spec.http[0].route: the weights total 4, not 100 (Istio 1.12 does not allow it, 1.13 does)',
  ]);
  expect(problems('1.13', http)).toEqual([]);
  expect(problems('1.12', `{ route: [${entries(25, 75)}] }`)).toEqual([]);
  expect(problems('1.12', `{ route: [${entries(10)}] }`)).toEqual([]);
});
