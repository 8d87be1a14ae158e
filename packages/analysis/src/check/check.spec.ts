import { expect, test } from 'vitest';
import { DEFAULT_MESH_CONFIG, modelOfFiles, formatProblem } from '@bookinfo/rules';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { shop } from '../testing/shop.js';
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
  return findingsOf(text);
}
function findingsOf(text: string): string[] {
  const result = modelOfFiles([...bookinfoFiles(), { file: 'r.yaml', text }], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return check(result.model, shop, new Set(['r.yaml'])).map(formatFinding);
}
const to = (subset: string) => `route: [{ destination: { host: reviews, subset: ${subset} } }]`;
const on = (match: string, subset = 'v1') => `{ match: [${match}], ${to(subset)} }`;
const warnings = (lines: string[]) => lines.filter((line) => / (?:warning|error): /.test(line));
const withoutWitnesses = (lines: string[]) => lines.filter((line) => !line.endsWith('[witness]'));

test('each rule that is reached has a witness', () => {
  expect(findings([on('{ headers: { end-user: { exact: jason } } }', 'v2'), `{ ${to('v1')} }`])).toEqual([
    "r.yaml:7: note: reached by GET http://reviews:9080/reviews/0 -H 'end-user: jason' from details-v1 [witness]",
    'r.yaml:8: note: reached by GET http://reviews:9080/reviews/0 from details-v1 [witness]',
  ]);
});

test.each([
  ['{ uri: { prefix: /reviews } }', '{ uri: { exact: /reviews/0 } }'],
  ['{ uri: { prefix: /r } }', '{ uri: { prefix: /reviews }, method: { exact: GET } }'],
  ['{ headers: { x: {} } }', '{ headers: { x: { exact: a } } }'],
  ["{ headers: { x: { regex: 'a|b' } } }", '{ headers: { x: { exact: b } } }'],
  ["{ uri: { regex: '/r.*' } }", '{ uri: { prefix: /reviews } }'],
  ['{ queryParams: { q: {} } }', "{ queryParams: { q: { regex: '[0-9]+' } } }"],
  ['{ withoutHeaders: { x: {} } }, { headers: { x: {} } }', '{ method: { exact: POST } }'],
])('behind %s no request reaches %s', (first, second) => {
  expect(warnings(findings([on(first), on(second)]))).toContain(
    'r.yaml:8: warning: no request reaches it: the rule in line 7 takes every request that it matches [unreachable]',
  );
});

test.each([
  ['{ uri: { exact: /reviews/0 } }', '{ uri: { prefix: /reviews } }'],
  ['{ uri: { prefix: /reviews }, method: { exact: GET } }', '{ uri: { prefix: /reviews } }'],
  ['{ headers: { x: { exact: a } } }', '{ headers: { x: {} } }'],
  ["{ headers: { x: { regex: 'a+' } } }", "{ headers: { x: { regex: 'a*b?' } } }"],
])('behind %s some requests reach %s', (first, second) => {
  expect(findings([on(first), on(second)]).join('\n')).not.toContain('no request reaches it');
});

test('a rule behind two that share its requests is reached by none', () => {
  const both = on('{ uri: { regex: /a|/b } }');
  const lines = findings([on('{ uri: { exact: /a } }'), on('{ uri: { exact: /b } }'), both]);
  expect(lines).toContain(
    'r.yaml:9: warning: no request reaches it: the rules in lines 7, 8 take every request that it matches [unreachable]',
  );
});

test('a rule that delegates to a missing VirtualService has no effect', () => {
  expect(warnings(findings(['{ delegate: { name: leaf } }', `{ ${to('v1')} }`]))).toEqual([
    'r.yaml:7: warning: this rule has no effect: the VirtualService default/leaf without hosts, which it delegates to, is not there [missing-delegate]',
  ]);
});

test('each match of a rule is checked', () => {
  const lines = findings([
    on('{ uri: { exact: /a } }'),
    `{ match: [{ uri: { exact: /a } },\n        { uri: { exact: /b } }], ${to('v1')} }`,
    `{ ${to('v1')} }`,
  ]);
  expect(lines.map((line) => line.slice(0, 30))).toEqual([
    'r.yaml:7: note: reached by GET',
    'r.yaml:8: warning: no request ',
    'r.yaml:9: note: reached by GET',
    'r.yaml:10: note: reached by GE',
  ]);
});

test('no proxy has a rule after a catch-all, or one for workloads that do not exist', () => {
  expect(warnings(findings([`{ ${to('v1')} }`, on('{ uri: { exact: /a } }')]))).toEqual([
    'r.yaml:8: warning: this rule has no effect: the rule in line 7 takes every request before it [after-catch-all]',
  ]);
  expect(warnings(findings([on('{ sourceLabels: { app: missing } }'), `{ ${to('v1')} }`]))).toEqual([
    'r.yaml:7: warning: this rule has no effect: its sourceLabels app=missing select other clients [source-labels]',
  ]);
});

test('the witness of a rule for one client is from that client', () => {
  expect(findings([on('{ sourceLabels: { app: productpage } }')])).toEqual([
    'r.yaml:7: note: reached by GET http://reviews:9080/reviews/0 from productpage-v1 [witness]',
  ]);
});

test('the witness of a match of the header host is a request to that host, from which explain concludes the same', () => {
  const text = `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: by-host }, spec: { hosts: ['*.books.example'], gateways: [bookinfo-gateway], http: [{ match: [{ headers: { host: { regex: 'a\\..*\\.example' } } }], ${to('v2')} }, { ${to('v1')} }] } }`;
  const result = modelOfFiles(
    [...bookinfoFiles('bookinfo-gateway'), { file: 'r.yaml', text }],
    DEFAULT_MESH_CONFIG,
  );
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  expect(check(result.model, shop, new Set(['r.yaml'])).map(formatFinding)).toEqual([
    'r.yaml:1: note: reached by GET http://a.books.example/front/0 through the ingress gateway [witness]',
    'r.yaml:1: note: reached by GET http://any.books.example/front/0 through the ingress gateway [witness]',
  ]);
});

test('a match that is not supported is undecided, without a warning', () => {
  const lines = findings([on("{ headers: { x: { regex: '\\pL+' } } }"), `{ ${to('v1')} }`]);
  expect(withoutWitnesses(lines)).toEqual([
    expect.stringMatching(
      /^r\.yaml:7: note: it is undecided whether a request reaches it: the regular expression .* \[undecided\]$/,
    ),
  ]);
});

test('subsets without pods, hosts without a Service and faults without a percentage have warnings', () => {
  expect(
    warnings(findings([`{ fault: { delay: { fixedDelay: 1s } }, ${to('v9')} }`], '[reviews, missing]')),
  ).toEqual([
    'r.yaml:5: warning: no Service or ServiceEntry has the host missing.default.svc.cluster.local, so that sidecars have it at port 80 only [unknown-host]',
    'r.yaml:7: warning: without a percentage this delay applies to no request [fault-without-percentage]',
    'r.yaml:7: error: no DestinationRule defines the subset v9 of reviews.default.svc.cluster.local (it has v1, v2, v3): 100 % of the requests get 503 [unknown-subset]',
  ]);
});

test.each([
  [
    'weight: 10',
    '',
    'note: the only destination gets every request, whatever its weight (10) [weight-ignored]',
  ],
  [
    'weight: 1',
    ', { destination: { host: reviews, subset: v2 }, weight: 3 }',
    'note: the weights add up to 4, so the shares are 25 %, 75 % [weights-total]',
  ],
  [
    'weight: 100',
    ', { destination: { host: reviews, subset: v2 } }',
    'warning: v2 gets no request: it has no weight beside other destinations [weight-missing]',
  ],
  [
    'weight: 100',
    ', { destination: { host: reviews, subset: v2 }, weight: 0 }',
    'note: v2 gets no request: its weight is 0 [weight-zero]',
  ],
])(
  'a missing weight has a warning, other weights that differ from the shares a note: %s%s',
  (weight, other, message) => {
    const rule = `{ route: [{ destination: { host: reviews, subset: v1 }, ${weight} }${other}] }`;
    expect(withoutWitnesses(findings([rule]))).toEqual([`r.yaml:7: ${message}`]);
  },
);

test('ports and gateways that do not exist have warnings', () => {
  expect(
    warnings(
      findings([on('{ port: 80 }'), '{ route: [{ destination: { host: reviews, port: { number: 81 } } }] }']),
    ),
  ).toEqual([
    'r.yaml:7: warning: reviews has no port 80 (it has 9080) [unknown-port]',
    'r.yaml:7: warning: this rule has no effect: its match is for port 80 only [match-port]',
    'r.yaml:8: error: reviews.default.svc.cluster.local has no port 81 (it has 9080): 100 % of the requests get 503 [unknown-port]',
  ]);
  expect(warnings(findings([`{ ${to('v1')} }`], '[reviews]\n  gateways: [nowhere]'))).toContain(
    'r.yaml:6: warning: there is no Gateway default/nowhere [unknown-gateway]',
  );
});

test('two VirtualServices for one host have a warning each', () => {
  const rules = ['first', 'second'].map((name) => ({
    file: `${name}.yaml`,
    text: `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: ${name} }, spec: { hosts: [reviews], http: [{ ${to('v1')} }] } }`,
  }));
  const result = modelOfFiles([...bookinfoFiles(), ...rules], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  expect(check(result.model, shop, new Set(['second.yaml'])).map(formatFinding)).toEqual([
    'second.yaml:1: warning: VirtualService/default/first (first.yaml:1) has the host reviews.default.svc.cluster.local too and comes first by age, and sidecars apply one resource for each host [older-rule]',
  ]);
  expect(check(result.model, shop, new Set(['first.yaml'])).map(formatFinding)).toEqual([
    expect.stringContaining('[witness]'),
    'first.yaml:1: warning: VirtualService/default/second (second.yaml:1) has the host reviews.default.svc.cluster.local too and is left out: this one comes first [older-rule]',
  ]);
});

/** Returns the findings about another DestinationRule for reviews, whose spec has these fields too. */
function findingsOfDestinationRule(fields = ''): string[] {
  const text = `{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: more }, spec: { host: reviews, ${fields} subsets: [{ name: v9, labels: { version: v9 } }] } }`;
  const result = modelOfFiles([...bookinfoFiles(), { file: 'd.yaml', text }], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return check(result.model, shop, new Set(['d.yaml'])).map(formatFinding);
}

test('two DestinationRules for one host and the same clients have a warning', () => {
  expect(findingsOfDestinationRule()).toEqual([
    'd.yaml:1: warning: no pod of reviews belongs to the subset v9 [no-pod]',
    expect.stringMatching(
      /^d\.yaml:1: warning: DestinationRule\/default\/reviews \(.*\) has the host reviews\.default\.svc\.cluster\.local too: the subsets/,
    ),
  ]);
  for (const fields of ['exportTo: [.],', 'workloadSelector: { matchLabels: { app: ratings } },'])
    expect(findingsOfDestinationRule(fields)).not.toContainEqual(expect.stringContaining('the subsets'));
});

test.each([
  ['http', []],
  ['tls', ['port-not-http', 'port-not-http']],
])('beside a port of HTTPS, one of %s decides whether HTTP rules apply to no port', (name, codes) => {
  const text = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api }
spec:
  hosts: [api.example.com]
  resolution: DNS
  ports: [{ number: 80, name: ${name}, protocol: ${name.toUpperCase()} }, { number: 443, name: https, protocol: HTTPS }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: api }
spec:
  hosts: [api.example.com]
  http: [{ route: [{ destination: { host: api.example.com, port: { number: 443 } } }] }]
`;
  expect(findingsOf(text).flatMap((line) => /\[(port-not-http)\]$/.exec(line)?.[1] ?? [])).toEqual(codes);
});

const sidecar = (name: string, fields = '') => `---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: ${name} }
spec: { ${fields}egress: [{ hosts: ['*/*'] }] }
`;

test('of two Sidecars without a workloadSelector the younger one applies to no workload', () => {
  expect(findingsOf(sidecar('b') + sidecar('a'))).toEqual([
    'r.yaml:5: warning: Sidecar/default/a (r.yaml:7) has no workloadSelector either and comes first by age: this one applies to no workload of default [sidecar-conflict]',
  ]);
  const selector = 'workloadSelector: { labels: { app: reviews } }, ';
  expect(findingsOf(sidecar('b') + sidecar('a', selector))).toEqual([]);
});

test('a rule that no client has because of its Sidecar has no effect', () => {
  const text = `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default }
spec: { egress: [{ hosts: [./details.default.svc.cluster.local] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http: [{ route: [{ destination: { host: reviews, subset: v1 } }] }]
`;
  expect(findingsOf(text)).toEqual([
    'r.yaml:10: warning: Sidecar/default/default (r.yaml:4) does not import reviews.default.svc.cluster.local from the namespace default [not-imported]',
  ]);
});
