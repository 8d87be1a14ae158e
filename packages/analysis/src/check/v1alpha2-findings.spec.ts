import { expect, test } from 'vitest';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { DEFAULT_MESH_CONFIG, modelOfFiles } from '@bookinfo/rules';
import { shop } from '../testing/shop.js';
import { check } from './check.js';
import { formatFinding } from './finding.js';

/** Returns the findings for RouteRules with these specs, seven lines each. */
function findings(...specs: string[]): string[] {
  const rules = specs.map(
    (spec, index) => `---
apiVersion: config.istio.io/v1alpha2
kind: RouteRule
metadata:
  name: rule-${index}
spec:
  ${spec}
`,
  );
  const sources = [...bookinfoFiles(), { file: 'rules.yaml', text: rules.join('') }];
  const result = modelOfFiles(sources, DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return check(result.model, shop, new Set(['rules.yaml'])).map(formatFinding);
}

const to = (version: string): string => `route: [{ labels: { version: ${version} } }]`;

test('a RouteRule that is reached has a witness, whatever precedes it', () => {
  const jason = 'match: { request: { headers: { end-user: { exact: jason } } } }';
  expect(
    findings(
      `{ destination: { name: reviews }, ${to('v1')} }`,
      `{ destination: { name: reviews }, precedence: 2, ${jason}, ${to('v2')} }`,
    ),
  ).toEqual([
    'rules.yaml:2: note: reached by GET http://reviews:9080/reviews/0 from details-v1 [witness]',
    "rules.yaml:9: note: reached by GET http://reviews:9080/reviews/0 -H 'end-user: jason' from details-v1 [witness]",
  ]);
});

test.each([
  [
    ['{ destination: { name: reviews }, precedence: 1 }', '{ destination: { name: reviews } }'],
    'rules.yaml:9: warning: no request reaches this rule: RouteRule/default/rule-0 matches all requests [old-kind]',
  ],
  [
    ['{ destination: { name: reviews }, httpFault: { abort: { httpStatus: 500 } } }'],
    'rules.yaml:7: warning: without a percent this abort affects no request [old-kind]',
  ],
  [
    ['{ destination: { name: missing } }'],
    'rules.yaml:7: warning: no Service is called missing.default.svc.cluster.local [unknown-host]',
  ],
  [
    [`{ destination: { name: reviews }, ${to('v9')} }`],
    'rules.yaml:2: error: the subset version-v9 of reviews.default.svc.cluster.local has no pod: 100 % of the requests get 503 [no-pod]',
  ],
])('%j have a warning', (specs, warning) => {
  expect(findings(...specs)).toContain(warning);
});
