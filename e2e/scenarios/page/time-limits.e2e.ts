import { expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { viewPage } from '../../support/page.ts';
import { rule } from '../../support/rules.ts';

// The limits: docs/bookinfo-contract.md, "Calls, attempts and time limits". Upper bounds exclude one more attempt; that the
// page shows an error proves that it did not wait for the delayed response.
test('productpage waits 3 s for details, in one attempt', async () => {
  await using _rules = await appliedText(
    rule('details', { version: 'v1', delay: '4s' }) + rule('reviews', { version: 'v1' }),
  );
  const page = await viewPage();
  expect(page.html).toContain('Error fetching product details');
  expect(page.milliseconds).toBeGreaterThan(2_900);
  expect(page.milliseconds).toBeLessThan(2 * 3_000);
});

test('productpage waits 3 s for reviews, in each of two attempts', async () => {
  await using _rules = await appliedText(rule('reviews', { version: 'v1', delay: '4s' }));
  const page = await viewPage();
  expect(page.html).toContain('Error fetching product reviews');
  expect(page.milliseconds).toBeGreaterThan(5_900);
  expect(page.milliseconds).toBeLessThan(3 * 3_000);
});

test('reviews v3 shows ratings that take 2 s', async () => {
  await using _rules = await appliedText(
    rule('reviews', { version: 'v3' }) + rule('ratings', { version: 'v1', delay: '2s' }),
  );
  expect((await viewPage()).html).toContain('glyphicon glyphicon-star');
});

test('the page calls details, then reviews; only reviews calls ratings', async () => {
  await using _rules = await appliedText(rule('reviews', { version: 'v3' }));
  expect((await viewPage()).hops).toEqual(['productpage-v1', 'details-v1', 'reviews-v3', 'ratings-v1']);
});
