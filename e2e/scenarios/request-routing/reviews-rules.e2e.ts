import { expect, test } from 'vitest';
import { applied } from '../../support/applied.ts';
import { countReviews, signIn, viewPage } from '../../support/page.ts';

test('without a rule every version of reviews responds', async () => {
  expect(Object.keys(await countReviews(60)).toSorted()).toEqual(['v1', 'v2', 'v3']);
});

test.each([
  ['virtual-service-all-v1', 'v1'],
  ['virtual-service-reviews-v3', 'v3'],
])('under %s only %s responds', async (file, version) => {
  await using _rules = await applied(`networking/${file}`);
  expect(await countReviews(40)).toEqual({ [version]: 40 });
});

test.each([
  ['virtual-service-reviews-test-v2', 'v1'],
  ['virtual-service-reviews-jason-v2-v3', 'v3'],
])('under %s jason gets v2 and other users get %s', async (file, others) => {
  await using _rules = await applied(`networking/${file}`);
  expect(await countReviews(20)).toEqual({ [others]: 20 });
  expect(await countReviews(20, await signIn('jason'))).toEqual({ v2: 20 });
  expect(await countReviews(20, await signIn('jasonx'))).toEqual({ [others]: 20 });
  expect(await countReviews(20, { 'end-user': 'jason' })).toEqual({ [others]: 20 });
});

test('a rule to a version without pods fails only the requests to its host', async () => {
  await using _rules = await applied('networking/virtual-service-details-v2');
  const page = await viewPage();
  expect([page.status, page.hops[1]]).toEqual([200, expect.stringMatching(/^reviews-/)]);
  expect(page.html).toContain('Sorry, product details are currently unavailable for this book.');
});

test('deleting a rule brings the other versions back', async () => {
  {
    await using _rules = await applied('networking/virtual-service-all-v1');
    expect(await countReviews(20)).toEqual({ v1: 20 });
  }
  expect(Object.keys(await countReviews(60)).toSorted()).toEqual(['v1', 'v2', 'v3']);
});
