import { expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { viewPage } from '../../support/page.ts';
import { rule } from '../../support/rules.ts';

const REVIEWS_GONE = 'Sorry, product reviews are currently unavailable for this book.';

test('a timeout of 0.5 s on reviews ends both attempts before ratings that take 2 s', async () => {
  await using _rules = await appliedText(
    rule('reviews', { version: 'v2', timeout: '0.5s' }) + rule('ratings', { version: 'v1', delay: '2s' }),
  );
  const page = await viewPage();
  expect(page.html).toContain(REVIEWS_GONE);
  expect(page.milliseconds).toBeGreaterThan(990);
});

test('a timeout on ratings that is longer than its delay has no effect', async () => {
  await using _rules = await appliedText(
    rule('reviews', { version: 'v2' }) + rule('ratings', { version: 'v1', delay: '0.5s', timeout: '10s' }),
  );
  const page = await viewPage();
  expect(page.html).toContain('glyphicon glyphicon-star');
  expect(page.milliseconds).toBeGreaterThan(490);
});
