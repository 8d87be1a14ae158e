import { expect, test } from 'vitest';
import { applied, appliedText } from '../../support/applied.ts';
import { signIn, viewPage } from '../../support/page.ts';
import { rule } from '../../support/rules.ts';
import { target } from '../../support/target/index.ts';
import { until } from '../../support/until.ts';

// The steps of Istio's documentation (istio/istio.io, content/en/docs) that use Bookinfo, in their order: each rule file is
// applied over those before it.

const STARS = 'glyphicon glyphicon-star';

/** Views the page until it has been seen with and without stars. */
async function untilBothLooks(): Promise<void> {
  const looks = new Set<boolean>();
  await until('the page was seen with and without stars', async () => {
    looks.add((await viewPage()).html.includes(STARS));
    return looks.size === 2;
  });
}

test('Getting Started: the title of the page, asked by ratings and through the ingress', async () => {
  const title = '<title>Simple Bookstore App</title>';
  const inside = await target.sendAs('ratings-v1', { url: 'http://productpage:9080/productpage' });
  expect(inside.body).toContain(title);
  expect((await viewPage()).html).toContain(title);
  await untilBothLooks();
});

test('Request Routing: v1 for all, then v2 for jason', async () => {
  await using _v1 = await applied('networking/virtual-service-all-v1');
  for (let view = 0; view < 10; view += 1) expect((await viewPage()).html).not.toContain(STARS);
  await using _jason = await applied('networking/virtual-service-reviews-test-v2');
  expect((await viewPage(await signIn('jason'))).html).toContain(STARS);
  for (let view = 0; view < 10; view += 1) expect((await viewPage()).html).not.toContain(STARS);
});

test('Fault Injection: a delay, then an abort, for jason', async () => {
  await using _v1 = await applied('networking/virtual-service-all-v1');
  await using _jason = await applied('networking/virtual-service-reviews-test-v2');
  await using _delay = await applied('networking/virtual-service-ratings-test-delay');
  const jason = await signIn('jason');
  expect((await viewPage(jason)).html).toContain(
    'Sorry, product reviews are currently unavailable for this book.',
  );
  await using _abort = await applied('networking/virtual-service-ratings-test-abort');
  expect((await viewPage(jason)).html).toContain('Ratings service is currently unavailable');
  expect((await viewPage()).html).not.toContain('Ratings service is currently unavailable');
});

test('Traffic Shifting: v1, then half to v3, then v3', async () => {
  await using _v1 = await applied('networking/virtual-service-all-v1');
  for (let view = 0; view < 10; view += 1) expect((await viewPage()).html).not.toContain(STARS);
  await using _half = await applied('networking/virtual-service-reviews-50-v3');
  await untilBothLooks();
  await using _v3 = await applied('networking/virtual-service-reviews-v3');
  for (let view = 0; view < 10; view += 1) expect((await viewPage()).html).toContain('text-red-500');
});

test('Request Timeouts: ratings take 2 s, then reviews may take half a second', async () => {
  await using _v1 = await applied('networking/virtual-service-all-v1');
  await using _v2 = await appliedText(
    rule('reviews', { version: 'v2' }) + rule('ratings', { version: 'v1', delay: '2s' }),
  );
  const slow = await viewPage();
  expect(slow.html).toContain(STARS);
  expect(slow.milliseconds).toBeGreaterThan(1_990);
  await target.apply([{ file: 'timeout', text: rule('reviews', { version: 'v2', timeout: '0.5s' }) }]);
  expect((await viewPage()).html).toContain(
    'Sorry, product reviews are currently unavailable for this book.',
  );
});

test('Manage Traffic, by the Gateway API: v1, a tenth to v2, half to v3, then v3', async () => {
  await using _versions = await applied('platform/kube/bookinfo-versions');
  await using _v1 = await applied('gateway-api/route-reviews-v1');
  for (let view = 0; view < 10; view += 1) expect((await viewPage()).html).not.toContain(STARS);
  await using _tenth = await applied('gateway-api/route-reviews-90-10');
  await untilBothLooks();
  await using _half = await applied('gateway-api/route-reviews-50-v3');
  await untilBothLooks();
  await using _v3 = await applied('gateway-api/route-reviews-v3');
  const pods = (await viewPage()).html.split('\n').filter((line) => /reviews-v\d-/.test(line));
  expect(pods).toHaveLength(2);
  expect(pods.every((line) => line.includes('reviews-v3-'))).toBe(true);
});

test('Learn Microservices: a new version of reviews, first for jason, then beside v2, then alone', async () => {
  await using _jason = await applied('networking/virtual-service-reviews-jason-v2-v3');
  expect((await viewPage(await signIn('jason'))).html).toContain('text-black-500');
  expect((await viewPage()).html).toContain('text-red-500');
  await using _both = await applied('networking/virtual-service-reviews-v2-v3');
  const colours = new Set<boolean>();
  await until('both colours were seen', async () => {
    colours.add((await viewPage()).html.includes('text-red-500'));
    return colours.size === 2;
  });
  await using _v3 = await applied('networking/virtual-service-reviews-v3');
  expect((await viewPage()).html).toContain('text-red-500');
});
