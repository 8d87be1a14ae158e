import { describe, expect, test } from 'vitest';
import { answerLabel, predict, type Question } from '@bookinfo/analysis';
import { DEFAULT_MESH_CONFIG, type MeshConfig, modelOfFiles, formatProblem } from '@bookinfo/rules';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { bookinfo } from './bookinfo.js';

const PAGE: Partial<Question> = { url: 'http://localhost:9080/productpage', from: undefined };
const JASON = { headers: { 'end-user': 'jason' } };

function shares(
  rules: string[],
  question: Partial<Question> = {},
  text?: string,
  meshConfig: Partial<MeshConfig> = {},
): Record<string, number> {
  const extra = text === undefined ? [] : [{ file: 'rules.yaml', text }];
  const result = modelOfFiles([...bookinfoFiles(...rules), ...extra], {
    ...DEFAULT_MESH_CONFIG,
    ...meshConfig,
  });
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  const about = { method: 'GET', url: 'http://reviews:9080/reviews/0', headers: {}, from: 'productpage' };
  const answers = predict(result.model, bookinfo, { ...about, ...question });
  expect(answers.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  return Object.fromEntries(
    answers.map(({ value, share }) => [answerLabel(value), Number(share.toFixed(12))]),
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
  ])('%s %s is %s: programs know their paths', (method, url, label) => {
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

  test('v2 waits out a delay of 7 s at ratings', () => {
    const slow = [
      'virtual-service-all-v1',
      'virtual-service-reviews-test-v2',
      'virtual-service-ratings-test-delay',
    ];
    expect(shares(slow, JASON)).toEqual({ '200 reviews-v2 ratings-v1 after 7 s': 1 });
  });

  test('productpage gives up on it twice, after 3 s each', () => {
    const delay =
      reviews(`{ route: [{ destination: { host: reviews, subset: v2 } }] }`) +
      '---' +
      reviews(
        '{ fault: { delay: { percentage: { value: 100 }, fixedDelay: 7s } }, route: [{ destination: { host: ratings } }] }',
      )
        .replaceAll('name: reviews', 'name: ratings')
        .replace('hosts: [reviews]', 'hosts: [ratings]');
    expect(shares([], PAGE, delay)).toEqual({
      '200 productpage-v1 details-v1 after 6 s, 2 tries behind it': 1,
    });
  });

  test('an answer that is due when the caller gives up comes too late', () => {
    const delay = '{ fault: { delay: { percentage: { value: 100 }, fixedDelay: 3s } }, ';
    expect(
      shares([], PAGE, reviews(`${delay} route: [{ destination: { host: reviews, subset: v1 } }] }`)),
    ).toEqual({
      '200 productpage-v1 details-v1 after 6 s, 2 tries behind it': 1,
    });
  });

  test('a second attempt makes up for half of the aborts, and leaves p² without reviews', () => {
    const abort = '{ fault: { abort: { percentage: { value: 50 }, httpStatus: 500 } }, ';
    expect(
      shares([], PAGE, reviews(`${abort} route: [{ destination: { host: reviews, subset: v1 } }] }`)),
    ).toEqual({
      '200 productpage-v1 details-v1 reviews-v1': 0.5,
      '200 productpage-v1 details-v1 reviews-v1, 2 tries behind it': 0.25,
      '200 productpage-v1 details-v1, 2 tries behind it': 0.25,
    });
  });

  test("a route's timeout cuts off what comes later", () => {
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

test('who is signed in at the page gets what the rules have for that user', () => {
  expect(shares(['virtual-service-reviews-test-v2'], { ...PAGE, user: 'jason' })).toEqual({
    '200 productpage-v1 details-v1 reviews-v2 ratings-v1': 1,
  });
  expect(shares(['virtual-service-reviews-test-v2'], { ...PAGE, ...JASON })).toEqual({
    '200 productpage-v1 details-v1 reviews-v1': 1,
  });
});

test("an abort of productpage's own proxy shows at its API as the status that it is", () => {
  const abort = '{ fault: { abort: { percentage: { value: 40 }, httpStatus: 503 } }, ';
  const rule = reviews(`${abort} route: [{ destination: { host: reviews, subset: v1 } }] }`);
  expect(shares([], { ...PAGE, url: 'http://localhost:9080/api/v1/products/0/reviews' }, rule)).toEqual({
    '200 productpage-v1 reviews-v1': 0.6,
    '200 productpage-v1 reviews-v1, 2 tries behind it': 0.24,
    '503 productpage-v1, 2 tries behind it': 0.16,
  });
});
