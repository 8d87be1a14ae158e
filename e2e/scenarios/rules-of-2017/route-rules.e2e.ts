import { expect, test } from 'vitest';
import { applied } from '../../support/applied.ts';
import { countReviews, signIn, viewPage } from '../../support/page.ts';

test('a RouteRule of Istio 0.2 pins the page to v1 until it is deleted', async () => {
  {
    await using _rules = await applied('kube/route-rule-all-v1');
    expect(await countReviews(40)).toEqual({ v1: 40 });
    expect((await viewPage()).html).not.toContain('glyphicon-star');
  }
  expect(Object.keys(await countReviews(60)).toSorted()).toEqual(['v1', 'v2', 'v3']);
});

test('the RouteRule with the higher precedence is matched first', async () => {
  await using _rules = await applied('kube/route-rule-all-v1', 'kube/route-rule-reviews-test-v2');
  expect(await countReviews(20)).toEqual({ v1: 20 });
  expect(await countReviews(20, await signIn('jason'))).toEqual({ v2: 20 });
});

test('a fault of a RouteRule applies to the requests that it matches', async () => {
  await using _rules = await applied(
    'kube/route-rule-all-v1',
    'kube/route-rule-reviews-test-v2',
    'kube/route-rule-ratings-test-abort',
  );
  expect((await viewPage(await signIn('jason'))).html).toContain('Ratings service is currently unavailable');
  expect((await viewPage()).html).not.toContain('Ratings service is currently unavailable');
});
