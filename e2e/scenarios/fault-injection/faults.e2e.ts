import { expect, test } from 'vitest';
import { applied } from '../../support/applied.ts';
import { signIn, viewPage } from '../../support/page.ts';

const REVIEWS_GONE = 'Sorry, product reviews are currently unavailable for this book.';
const DETAILS_GONE = 'Sorry, product details are currently unavailable for this book.';
const RATINGS_GONE = 'Ratings service is currently unavailable';

test('a delay of 7 s in ratings exceeds both attempts of productpage, only for jason', async () => {
  await using _rules = await applied(
    'networking/virtual-service-reviews-test-v2',
    'networking/virtual-service-ratings-test-delay',
  );
  const jason = await viewPage(await signIn('jason'));
  expect(jason.html).toContain('Error fetching product reviews');
  expect(jason.html).toContain(REVIEWS_GONE);
  expect(jason.milliseconds).toBeGreaterThan(5_900);
  // A third attempt would end here.
  expect(jason.milliseconds).toBeLessThan(9_000);
  const anonymous = await viewPage();
  expect(anonymous.html).not.toContain(REVIEWS_GONE);
  expect(anonymous.hops).toEqual(['productpage-v1', 'details-v1', 'reviews-v1']);
});

test('v3 stops waiting for ratings after 2.5 s, so a delay of 7 s removes the stars but not the reviews', async () => {
  await using _rules = await applied(
    'networking/virtual-service-reviews-v3',
    'networking/virtual-service-ratings-test-delay',
  );
  const jason = await viewPage(await signIn('jason'));
  expect(jason.html).toContain(RATINGS_GONE);
  expect(jason.html).not.toContain('glyphicon glyphicon-star');
  // productpage would have shown no reviews after 3 s.
  expect(jason.html).not.toContain(REVIEWS_GONE);
  expect(jason.milliseconds).toBeGreaterThan(2_400);
});

test('an abort in ratings shows as ratings unavailable, only for jason', async () => {
  await using _rules = await applied(
    'networking/virtual-service-reviews-test-v2',
    'networking/virtual-service-ratings-test-abort',
  );
  const jason = await viewPage(await signIn('jason'));
  expect(jason.html.split(RATINGS_GONE)).toHaveLength(3);
  expect(jason.html).not.toContain(REVIEWS_GONE);
  expect(jason.hops).toEqual(['productpage-v1', 'details-v1', 'reviews-v2']);
  expect((await viewPage()).html).not.toContain(RATINGS_GONE);
});

test('an abort in details shows as details unavailable, beside the reviews', async () => {
  await using _rules = await applied('networking/fault-injection-details-v1');
  const page = await viewPage();
  expect(page.html).toContain('Error fetching product details');
  expect(page.html).toContain(DETAILS_GONE);
  expect(page.html).not.toContain(REVIEWS_GONE);
});
