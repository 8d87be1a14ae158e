import { expect, test } from 'vitest';
import { shop, shopManifests } from '@bookinfo/analysis/testing';
import { DEFAULT_MESH_CONFIG, modelOfFiles, formatProblem } from '@bookinfo/rules';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { parseAssumption, type Assumption } from '@bookinfo/analysis';
import { planClaims, type RuleClaim } from './plan-claims.js';

function claims(http: string, more = '', assumptions: Assumption[] = []) {
  const text = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], ${more}http: [${http}] }
`;
  const result = modelOfFiles([...bookinfoFiles(), { file: 'rules.yaml', text }], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return planClaims(result.model, shop, new Set(['rules.yaml']), assumptions);
}
const testOf = (planned?: RuleClaim) => (planned && 'test' in planned ? planned.test : undefined);
const observationOf = (planned?: RuleClaim) =>
  planned && 'observation' in planned ? planned.observation : undefined;

const untestable = (planned: RuleClaim[]) =>
  planned.flatMap((each) => {
    const observation = observationOf(each);
    return observation?.kind === 'untestable' ? [observation.reason] : [];
  });

const to = (version: string) => `route: [{ destination: { host: reviews, subset: ${version} } }]`;

test('each rule of the file is a claim, with a generated request that reaches it', () => {
  const [jason, others, ...more] = claims(
    `{ match: [{ headers: { end-user: { exact: jason } }, method: { exact: POST }, uri: { prefix: /reviews } }], ${to('v2')} }, { ${to('v1')} }`,
  );
  expect(testOf(jason)?.question).toEqual({
    method: 'POST',
    url: 'http://reviews:9080/reviews/0',
    headers: { 'end-user': 'jason' },
    from: 'default/details-v1',
  });
  expect([...(jason?.claim.outcomes ?? [])]).toEqual([['200 reviews-v2', 1]]);
  expect([...(others?.claim.outcomes ?? [])]).toEqual([['200 reviews-v1', 1]]);
  expect(more).toEqual([]);
});

test('the workloads on the way are those of the namespace of the rule', () => {
  const rule = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: front, namespace: two }
spec: { hosts: [front], http: [{ match: [{ uri: { exact: /front/0 } }], route: [{ destination: { host: front } }] }] }
`;
  const files = [shopManifests('one'), shopManifests('two'), { file: 'rules.yaml', text: rule }];
  const result = modelOfFiles(files, DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  const [claim] = planClaims(result.model, shop, new Set(['rules.yaml']));
  expect(testOf(claim)?.workloads).toEqual(['two/front-v1', 'two/stock-v1', 'two/stock-v2']);
});

test('a claim has what check reports of destinations on the way of its request', () => {
  const [claim] = claims('{ route: [{ destination: { host: reviews-v1 } }] }');
  expect([...(claim?.claim.outcomes ?? [])]).toEqual([['503 from the proxy', 1]]);
  expect(claim?.claim.findings).toEqual([
    expect.stringMatching(
      /^rules\.yaml:5: error: no Service .* has the host reviews-v1\..* \[unknown-host\]$/,
    ),
  ]);
});

test('rules of other files are no claims', () => {
  expect(planClaims(modelOf(), shop, new Set(['other.yaml']))).toEqual([]);
});

test('a rule is unreachable when an earlier one matches all its requests', () => {
  const [, shadowed] = claims(
    `{ match: [{ uri: { prefix: /reviews } }], ${to('v2')} }, { match: [{ uri: { exact: /reviews/0 } }], ${to('v1')} }`,
  );
  expect(observationOf(shadowed)).toEqual({
    kind: 'unreachable',
    reason: 'no request reaches it: the rule in line 5 takes every request that it matches',
  });
});

test('the request for a regular expression matches it by RE2', () => {
  const [regex] = claims(
    `{ match: [{ headers: { cookie: { regex: '^(.*?;)?(user=jason)(;.*)?$' } } }], ${to('v2')} }`,
  );
  expect(testOf(regex)?.question.headers).toEqual({ cookie: 'user=jason' });
});

test('a rule of the gateway has a request through it, and a rule that no proxy has is unreachable', () => {
  const both = `{ match: [{ gateways: [bookinfo-gateway], uri: { prefix: /r } }], ${to('v2')} }, { ${to('v1')} }, { match: [{ uri: { exact: /x } }], ${to('v3')} }`;
  const [throughGateway, ...others] = claims(both, 'gateways: [bookinfo-gateway, mesh], ');
  expect(throughGateway?.claim.request).toBe(
    'GET http://reviews.default.svc.cluster.local/r through the ingress gateway',
  );
  expect(others.map((planned) => observationOf(planned) ?? planned.claim.request)).toEqual([
    'GET http://reviews.default.svc.cluster.local/front/0 through the ingress gateway',
    'GET http://reviews:9080/reviews/0 from details-v1',
    {
      kind: 'unreachable',
      reason: 'this rule has no effect: the rule in line 5 takes every request before it',
    },
  ]);
});

test('the versions that a hash selects are not predicted', () => {
  const text = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews }
spec: { host: reviews, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: x } } } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews } }] }] }
`;
  const result = modelOfFiles([...bookinfoFiles(), { file: 'rules.yaml', text }], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  expect(planClaims(result.model, shop, new Set(['rules.yaml'])).map(observationOf)).toEqual([
    {
      kind: 'untestable',
      reason:
        'consistent hashing: the hash key of a request selects the version of outbound|9080||reviews.default.svc.cluster.local',
    },
  ]);
});

test('parts that no response shows are untestable: retries and timeouts without a failure, mirrors, request headers', () => {
  const rule =
    '{ timeout: 5s, retries: { attempts: 3, retryOn: "503" }, mirror: { host: ratings }, headers: { request: { set: { x: b } } }, route: [{ destination: { host: details } }] }';
  const text = rule.replaceAll('"', "'");
  expect(untestable(claims(text))).toEqual([
    'retries (up to 3 on retriable-status-codes): no backend is known to fail; declare one with --assume',
    'timeout (5 s): no backend is known to take that long; declare one with --assume',
    'mirror (100 % to outbound|9080||ratings.default.svc.cluster.local): only the destination can count the copies',
    'request headers (x): only the backend receives them',
  ]);
  expect(claims(text).map(({ claim: { title } }) => title)).toEqual(
    ['', ', retries', ', timeout', ', mirror', ', request'].map(
      (part) => `VirtualService/default/reviews line 5${part}`,
    ),
  );
  const assumed = ['details: 503 20%, 6s 10%'].map(parseAssumption);
  expect(untestable(claims(text, '', assumed)).map((each) => each.split(' ')[0])).toEqual([
    'mirror',
    'request',
  ]);
});

function modelOf() {
  const result = modelOfFiles(bookinfoFiles('virtual-service-all-v1'), DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.model;
}
