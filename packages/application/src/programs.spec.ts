import { describe, expect, test } from 'vitest';
import { predict, probeOf, responseLabel, type ProbeRequest } from '@bookinfo/analysis';
import { DEFAULT_MESH_CONFIG, type MeshConfig, modelOfFiles, formatProblem } from '@bookinfo/rules';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { bookinfo } from './bookinfo.js';

const PAGE: Partial<ProbeRequest> = { url: 'http://localhost:9080/productpage', from: undefined };
const JASON = { headers: { 'end-user': 'jason' } };

function shares(
  rules: string[],
  request: Partial<ProbeRequest> = {},
  text?: string,
  meshConfig: Partial<MeshConfig> = {},
): Record<string, number> {
  const extra = text === undefined ? [] : [{ file: 'rules.yaml', text }];
  const result = modelOfFiles([...bookinfoFiles(...rules), ...extra], {
    ...DEFAULT_MESH_CONFIG,
    ...meshConfig,
  });
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  const defaults = { method: 'GET', url: 'http://reviews:9080/reviews/0', headers: {}, from: 'productpage' };
  const responses = predict(probeOf(result.model, { ...defaults, ...request }), bookinfo);
  expect(responses.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  return Object.fromEntries(
    responses.map(({ value, share }) => [responseLabel(value), Number(share.toFixed(12))]),
  );
}
const reviews = (http: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], http: [${http}] }
`;

describe('endpoints', () => {
  test.each([
    ['GET', 'http://reviews:9080/nothing', '404 reviews-v1'],
    ['POST', 'http://reviews:9080/reviews/0', '405 reviews-v1'],
    ['GET', 'http://reviews:9080/reviews/a', '400 reviews-v1'],
    ['HEAD', 'http://reviews:9080/health?a=b', '200 reviews-v1'],
  ])('%s %s is %s', (method, url, label) => {
    const rule = reviews('{ route: [{ destination: { host: reviews, subset: v1 } }] }');
    expect(shares([], { method, url }, rule)).toEqual({ [label]: 1 });
  });
});

describe('hop by hop', () => {
  test('the page shows each version of reviews a third of the time', () => {
    expect(shares([], PAGE)).toEqual({
      '200 productpage-v1 details-v1 reviews-v1': 0.333333333333,
      '200 productpage-v1 details-v1 reviews-v2 ratings-v1': 0.333333333333,
      '200 productpage-v1 details-v1 reviews-v3 ratings-v1': 0.333333333333,
    });
  });

  test('reviews v2 waits for ratings that are delayed by 7 s', () => {
    const slow = [
      'virtual-service-all-v1',
      'virtual-service-reviews-test-v2',
      'virtual-service-ratings-test-delay',
    ];
    expect(shares(slow, JASON)).toEqual({ '200 reviews-v2 ratings-v1 after 7 s': 1 });
  });

  test('productpage gives up on reviews twice, after 3 s each', () => {
    const delay =
      reviews(`{ route: [{ destination: { host: reviews, subset: v2 } }] }`) +
      '---' +
      reviews(
        '{ fault: { delay: { percentage: { value: 100 }, fixedDelay: 7s } }, route: [{ destination: { host: ratings } }] }',
      )
        .replaceAll('name: reviews', 'name: ratings')
        .replace('hosts: [reviews]', 'hosts: [ratings]');
    expect(shares([], PAGE, delay)).toEqual({
      '200 productpage-v1 details-v1 after 6 s, 2 attempts of a nested call': 1,
    });
  });

  test('a response that is due exactly at the time limit is too late', () => {
    const delay = '{ fault: { delay: { percentage: { value: 100 }, fixedDelay: 3s } }, ';
    expect(
      shares([], PAGE, reviews(`${delay} route: [{ destination: { host: reviews, subset: v1 } }] }`)),
    ).toEqual({
      '200 productpage-v1 details-v1 after 6 s, 2 attempts of a nested call': 1,
    });
  });

  test('with two attempts a share p of aborts leaves p² of the pages without reviews', () => {
    const abort = '{ fault: { abort: { percentage: { value: 50 }, httpStatus: 500 } }, ';
    expect(
      shares([], PAGE, reviews(`${abort} route: [{ destination: { host: reviews, subset: v1 } }] }`)),
    ).toEqual({
      '200 productpage-v1 details-v1 reviews-v1': 0.5,
      '200 productpage-v1 details-v1 reviews-v1, 2 attempts of a nested call': 0.25,
      '200 productpage-v1 details-v1, 2 attempts of a nested call': 0.25,
    });
  });

  test("a route's timeout cuts off later responses", () => {
    const text =
      reviews(`{ timeout: 0.5s, route: [{ destination: { host: reviews, subset: v3 } }] }`) +
      '---' +
      reviews(
        '{ fault: { delay: { percentage: { value: 25 }, fixedDelay: 2s } }, route: [{ destination: { host: ratings } }] }',
      )
        .replaceAll('name: reviews', 'name: ratings')
        .replace('hosts: [reviews]', 'hosts: [ratings]');
    expect(shares([], {}, text)).toEqual({
      '200 reviews-v3 ratings-v1': 0.75,
      '504 from the proxy after 0.5 s': 0.25,
    });
  });
});

test('a signed-in user meets the rules for that user, and the header of a client does not count', () => {
  expect(shares(['virtual-service-reviews-test-v2'], { ...PAGE, user: 'jason' })).toEqual({
    '200 productpage-v1 details-v1 reviews-v2 ratings-v1': 1,
  });
  expect(shares(['virtual-service-reviews-test-v2'], { ...PAGE, ...JASON })).toEqual({
    '200 productpage-v1 details-v1 reviews-v1': 1,
  });
});

test('the API of productpage passes on the status of an abort at its own sidecar', () => {
  const abort = '{ fault: { abort: { percentage: { value: 40 }, httpStatus: 503 } }, ';
  const rule = reviews(`${abort} route: [{ destination: { host: reviews, subset: v1 } }] }`);
  expect(shares([], { ...PAGE, url: 'http://localhost:9080/api/v1/products/0/reviews' }, rule)).toEqual({
    '200 productpage-v1 reviews-v1': 0.6,
    '200 productpage-v1 reviews-v1, 2 attempts of a nested call': 0.24,
    '503 productpage-v1, 2 attempts of a nested call': 0.16,
  });
});
