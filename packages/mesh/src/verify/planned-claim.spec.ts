import { expect, test } from 'vitest';
import { DEFAULT_MESH_CONFIG } from '../compile/mesh-config.js';
import { modelOfFiles } from '../control/model-of-files.js';
import { formatProblem } from '../resources/problem.js';
import { bookinfoFiles } from '../../test/bookinfo-files.js';
import { plannedClaims } from './planned-claim.js';

function claims(http: string) {
  const text = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], http: [${http}] }
`;
  const result = modelOfFiles([...bookinfoFiles(), { file: 'rules.yaml', text }], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return plannedClaims(result.model, new Set(['rules.yaml']));
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
  expect([...(jason?.claim.outcomes ?? [])]).toEqual([['405 reviews-v2', 1]]);
  expect([...(others?.claim.outcomes ?? [])]).toEqual([['200 reviews-v1', 1]]);
  expect(more).toEqual([]);
});

test('rules of other files claim nothing', () => {
  expect(plannedClaims(modelOf(), new Set(['other.yaml']))).toEqual([]);
});

test('a rule whose requests an earlier one takes is unreachable', () => {
  const [, shadowed] = claims(
    `{ match: [{ uri: { prefix: /reviews } }], ${to('v2')} }, { match: [{ uri: { exact: /reviews/0 } }], ${to('v1')} }`,
  );
  expect(shadowed?.unreachable).toBe('the rule in line 5 takes GET http://reviews:9080/reviews/0 first');
});

test('for a regular expression no request is made up, and the claim says so', () => {
  const [regex] = claims(`{ match: [{ headers: { cookie: { regex: 'a.*' } } }], ${to('v2')} }`);
  expect(regex?.unreachable).toBe('no request is made up for the regular expression of cookie');
});

function modelOf() {
  const result = modelOfFiles(bookinfoFiles('virtual-service-all-v1'), DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.model;
}
