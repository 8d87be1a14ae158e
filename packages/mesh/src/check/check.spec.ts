import { expect, test } from 'vitest';
import { DEFAULT_MESH_CONFIG } from '../compile/mesh-config.js';
import { modelOfFiles } from '../control/model-of-files.js';
import { formatProblem } from '../resources/problem.js';
import { bookinfoFiles } from '../../test/bookinfo-files.js';
import { check } from './check.js';
import { formatFinding } from './finding.js';

function findings(http: string[], hosts = '[reviews]'): string[] {
  const text = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: ${hosts}
  http:
${http.map((rule) => `    - ${rule}`).join('\n')}
`;
  const result = modelOfFiles([...bookinfoFiles(), { file: 'r.yaml', text }], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return check(result.model, new Set(['r.yaml'])).map(formatFinding);
}
const to = (subset: string) => `route: [{ destination: { host: reviews, subset: ${subset} } }]`;
const on = (match: string, subset = 'v1') => `{ match: [${match}], ${to(subset)} }`;
const warnings = (lines: string[]) => lines.filter((line) => line.includes(': warning: '));

test('each rule that is reached has a request that shows it', () => {
  expect(findings([on('{ headers: { end-user: { exact: jason } } }', 'v2'), `{ ${to('v1')} }`])).toEqual([
    "r.yaml:7: witness: GET http://reviews:9080/reviews/0 -H 'end-user: jason' from details-v1",
    'r.yaml:8: witness: GET http://reviews:9080/reviews/0 from details-v1',
  ]);
});

test.each([
  ['{ uri: { prefix: /reviews } }', '{ uri: { exact: /reviews/0 } }'],
  ['{ uri: { prefix: /r } }', '{ uri: { prefix: /reviews }, method: { exact: GET } }'],
  ['{ headers: { x: {} } }', '{ headers: { x: { exact: a } } }'],
  ['{ headers: { x: { prefix: a } } }', '{ headers: { x: { exact: ab }, y: {} } }'],
  ["{ headers: { x: { regex: 'a|b' } } }", "{ headers: { x: { regex: 'a|b' } } }"],
  ['{ queryParams: { q: {} } }', '{ queryParams: { q: { exact: a } } }'],
  ['{ withoutHeaders: { x: { prefix: a } } }', '{ withoutHeaders: { x: {} } }'],
  ['{ sourceLabels: { a: b } }', '{ sourceLabels: { a: b, c: d }, port: 9080 }'],
  ['{ gateways: [mesh, x] }', '{ gateways: [mesh], sourceLabels: { a: b } }'],
])('behind %s no request reaches %s', (first, second) => {
  expect(warnings(findings([on(first), on(second)]))).toContain(
    'r.yaml:8: warning: no request reaches this rule: what it matches is taken in line 7',
  );
});

test.each([
  ['{ uri: { exact: /reviews/0 } }', '{ uri: { prefix: /reviews } }'],
  ['{ uri: { prefix: /reviews }, method: { exact: GET } }', '{ uri: { prefix: /reviews } }'],
  ['{ headers: { x: { exact: a } } }', '{ headers: { x: {} } }'],
  ['{ queryParams: { q: { exact: a } } }', '{ queryParams: { r: { exact: a } } }'],
  ["{ withoutHeaders: { x: { regex: '.*' } } }", '{ withoutHeaders: { x: {} } }'],
  ['{ sourceLabels: { a: b } }', '{ uri: { prefix: / } }'],
  ['{ gateways: [x] }', '{ uri: { prefix: / } }'],
  ['{ sourceLabels: { a: b } }', '{ gateways: [mesh], sourceLabels: { a: b } }'],
  ['{ sourceNamespace: a }', '{ sourceNamespace: b }'],
  ['{ port: 80 }', '{ port: 9080 }'],
])('behind %s some requests reach %s', (first, second) => {
  expect(findings([on(first), on(second)]).join('\n')).not.toContain('no request reaches this rule');
});

test('a rule for a query parameter has a request that has it', () => {
  expect(findings([on('{ queryParams: { q: { exact: a }, r: {} } }')])).toEqual([
    'r.yaml:7: witness: GET http://reviews:9080/reviews/0?q=a&r=any from details-v1',
  ]);
});

test('a rule behind two that share its requests is reached by none', () => {
  const both = on('{ uri: { exact: /a } }, { uri: { exact: /b } }');
  const lines = findings([on('{ uri: { exact: /a } }'), on('{ uri: { exact: /b } }'), both]);
  expect(lines).toContain(
    'r.yaml:9: warning: no request reaches this rule: what it matches is taken in line 7, 8',
  );
});

test('a rule that delegates to nothing takes no effect', () => {
  expect(warnings(findings(['{ delegate: { name: leaf } }', on('{ uri: { exact: /a } }')]))).toEqual([
    'r.yaml:7: warning: this rule takes no effect: the VirtualService default/leaf without hosts, which it delegates to, is not there',
  ]);
});

test('subsets without pods, hosts without a Service and faults without a percentage are told', () => {
  expect(
    warnings(findings([`{ fault: { delay: { fixedDelay: 1s } }, ${to('v9')} }`], '[reviews, nobody]')),
  ).toEqual([
    'r.yaml:5: warning: no Service is called nobody.default.svc.cluster.local',
    'r.yaml:7: warning: without a percentage this delay happens to nobody',
    'r.yaml:7: warning: outbound|9080|v9|reviews.default.svc.cluster.local is no subset or host that anything defines: 100 % of its requests get 503',
  ]);
});
