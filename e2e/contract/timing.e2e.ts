import { expect, test } from 'vitest';
import { appliedText } from '../support/mesh.js';
import { viewPage } from '../support/page.js';
import { rule } from '../support/rules.js';

/** Section 2.7 of Bookinfo's interface: time limits that Istio's exercises depend on. */
test('productpage gives details 3 s and one attempt', async () => {
  await using _rules = await appliedText(
    rule('details', { version: 'v1', delay: '4s' }) + rule('reviews', { version: 'v1' }),
  );
  const page = await viewPage();
  expect(page.html).toContain('Error fetching product details');
  expect(page.milliseconds).toBeGreaterThan(2_900);
  expect(page.milliseconds).toBeLessThan(4_000);
});

test('productpage gives reviews 3 s and two attempts', async () => {
  await using _rules = await appliedText(rule('reviews', { version: 'v1', delay: '4s' }));
  const page = await viewPage();
  expect(page.html).toContain('Error fetching product reviews');
  expect(page.milliseconds).toBeGreaterThan(5_900);
  expect(page.milliseconds).toBeLessThan(7_000);
});

test('reviews v3 waits 2 s for ratings without complaint', async () => {
  await using _rules = await appliedText(
    rule('reviews', { version: 'v3' }) + rule('ratings', { version: 'v1', delay: '2s' }),
  );
  expect((await viewPage()).html).toContain('glyphicon glyphicon-star');
});

test('the page calls details, then reviews, and reviews alone calls ratings', async () => {
  await using _rules = await appliedText(rule('reviews', { version: 'v3' }));
  expect((await viewPage()).hops).toEqual(['productpage-v1', 'details-v1', 'reviews-v3', 'ratings-v1']);
});
