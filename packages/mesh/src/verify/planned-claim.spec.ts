import { expect, test } from 'vitest';
import { shop } from '@bookinfo/analysis/testing';
import { DEFAULT_MESH_CONFIG, modelOfFiles, formatProblem } from '@bookinfo/rules';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { parseAssumption, type Assumption } from '@bookinfo/analysis';
import { plannedClaims } from './planned-claim.js';

function claims(http: string, more = '', assumptions: Assumption[] = []) {
  const text = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], ${more}http: [${http}] }
`;
  const result = modelOfFiles([...bookinfoFiles(), { file: 'rules.yaml', text }], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return plannedClaims(result.model, shop, new Set(['rules.yaml']), assumptions);
}
const to = (version: string) => `route: [{ destination: { host: reviews, subset: ${version} } }]`;

test('each rule of the file is a claim, with a request made up that reaches it', () => {
  const [jason, others, ...more] = claims(
    `{ match: [{ headers: { end-user: { exact: jason } }, method: { exact: POST }, uri: { prefix: /reviews } }], ${to('v2')} }, { ${to('v1')} }`,
  );
  expect(jason?.test?.question).toEqual({
    method: 'POST',
    url: 'http://reviews:9080/reviews/0',
    headers: { 'end-user': 'jason' },
    from: 'default/details-v1',
  });
  expect([...(jason?.claim.outcomes ?? [])]).toEqual([['200 reviews-v2', 1]]);
  expect([...(others?.claim.outcomes ?? [])]).toEqual([['200 reviews-v1', 1]]);
  expect(more).toEqual([]);
});

test('rules of other files claim nothing', () => {
  expect(plannedClaims(modelOf(), shop, new Set(['other.yaml']))).toEqual([]);
});

test('a rule whose requests an earlier one takes is unreachable', () => {
  const [, shadowed] = claims(
    `{ match: [{ uri: { prefix: /reviews } }], ${to('v2')} }, { match: [{ uri: { exact: /reviews/0 } }], ${to('v1')} }`,
  );
  expect(shadowed?.unreachable).toBe('no request reaches it: the rule in line 5 takes all that it matches');
});

test('for a regular expression a request is made up that RE2 matches', () => {
  const [regex] = claims(
    `{ match: [{ headers: { cookie: { regex: '^(.*?;)?(user=jason)(;.*)?$' } } }], ${to('v2')} }`,
  );
  expect(regex?.test?.question.headers).toEqual({ cookie: 'user=jason' });
});

test('a rule through the gateway is asked through it, and one that no proxy has is not passed over', () => {
  const both = `{ match: [{ gateways: [bookinfo-gateway], uri: { prefix: /r } }], ${to('v2')} }, { ${to('v1')} }, { match: [{ uri: { exact: /x } }], ${to('v3')} }`;
  const [throughGateway, ...others] = claims(both, 'gateways: [bookinfo-gateway, mesh], ');
  expect(throughGateway?.claim.request).toBe(
    'GET http://reviews.default.svc.cluster.local/r through the ingress gateway',
  );
  expect(others.map(({ claim, unreachable }) => unreachable ?? claim.request)).toEqual([
    'GET http://reviews.default.svc.cluster.local/front/0 through the ingress gateway',
    'GET http://reviews:9080/reviews/0 from details-v1',
    'this rule takes no effect: the rule in line 5 takes every request before it',
  ]);
});

test('which version a hash finds is not foretold', () => {
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
  const [claim] = plannedClaims(result.model, shop, new Set(['rules.yaml']));
  expect([claim?.test, claim?.unreachable, claim?.untestable]).toEqual([
    undefined,
    undefined,
    [
      'consistent hashing: the key of a request decides which version of outbound|9080||reviews.default.svc.cluster.local answers it',
    ],
  ]);
});

test('what no answer can show is named: retries and limits without a failure, copies, headers for the backend', () => {
  const rule =
    '{ timeout: 5s, retries: { attempts: 3, retryOn: "503" }, mirror: { host: ratings }, headers: { request: { set: { x: y } } }, route: [{ destination: { host: details } }] }';
  const text = rule.replaceAll('"', "'");
  expect(claims(text)[0]?.untestable).toEqual([
    'retries (up to 3 on retriable-status-codes): nothing behind is known to fail; say what does with --assume',
    'timeout (5 s): nothing behind is known to take that long; say what does with --assume',
    'mirror (100 % to outbound|9080||ratings.default.svc.cluster.local): only who gets the copies can count them',
    'request headers (x): only the backend sees them',
  ]);
  const assumed = ['details: 503 20%, 6s 10%'].map(parseAssumption);
  expect(claims(text, '', assumed)[0]?.untestable.map((each) => each.split(' ')[0])).toEqual([
    'mirror',
    'request',
  ]);
});

function modelOf() {
  const result = modelOfFiles(bookinfoFiles('virtual-service-all-v1'), DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.model;
}
