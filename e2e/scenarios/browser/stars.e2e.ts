import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applied } from '../../support/applied.ts';
import { browserMissing, launch, signInAs, visit } from '../../support/browser.ts';
import { until } from '../../support/until.ts';

const VERSIONS = 'platform/kube/bookinfo-versions';
const ALL_V1 = 'kube/route-rule-all-v1';
const JASON_V2 = 'networking/virtual-service-reviews-test-v2';

type Look = 'no stars' | 'black stars' | 'red stars' | 'no ratings' | 'no reviews' | 'no details';

/** What a visitor sees under each rule file, and what jason sees when it is not the same; `with` is applied beside it. */
const FILES: { file: string; with?: string[]; looks: Look[]; jason?: Look[] }[] = [
  { file: 'networking/virtual-service-all-v1', looks: ['no stars'] },
  { file: JASON_V2, looks: ['no stars'], jason: ['black stars'] },
  { file: 'networking/virtual-service-reviews-jason-v2-v3', looks: ['red stars'], jason: ['black stars'] },
  { file: 'networking/virtual-service-reviews-v3', looks: ['red stars'] },
  { file: 'networking/virtual-service-reviews-50-v3', looks: ['no stars', 'red stars'] },
  { file: 'networking/virtual-service-reviews-80-20', looks: ['black stars', 'no stars'] },
  { file: 'networking/virtual-service-reviews-90-10', looks: ['black stars', 'no stars'] },
  { file: 'networking/virtual-service-reviews-v2-v3', looks: ['black stars', 'red stars'] },
  {
    file: 'networking/virtual-service-ratings-test-abort',
    with: [JASON_V2],
    looks: ['no stars'],
    jason: ['no ratings'],
  },
  {
    file: 'networking/virtual-service-ratings-test-delay',
    with: [JASON_V2],
    looks: ['no stars'],
    jason: ['no reviews'],
  },
  { file: 'networking/fault-injection-details-v1', looks: ['no details'] },
  { file: 'networking/virtual-service-details-v2', looks: ['no details'] },
  { file: 'networking/destination-rule-reviews', looks: ['black stars', 'no stars', 'red stars'] },
  { file: 'gateway-api/route-all-v1', with: [VERSIONS], looks: ['no stars'] },
  { file: 'gateway-api/route-reviews-v1', with: [VERSIONS], looks: ['no stars'] },
  { file: 'gateway-api/route-reviews-v3', with: [VERSIONS], looks: ['red stars'] },
  { file: 'gateway-api/route-reviews-50-v3', with: [VERSIONS], looks: ['no stars', 'red stars'] },
  { file: 'gateway-api/route-reviews-90-10', with: [VERSIONS], looks: ['black stars', 'no stars'] },
  { file: ALL_V1, looks: ['no stars'] },
  { file: 'kube/route-rule-reviews-test-v2', with: [ALL_V1], looks: ['no stars'], jason: ['black stars'] },
  { file: 'kube/route-rule-reviews-v3', looks: ['red stars'] },
  { file: 'kube/route-rule-reviews-50-v3', looks: ['no stars', 'red stars'] },
  { file: 'kube/route-rule-reviews-80-20', looks: ['black stars', 'no stars'] },
  { file: 'kube/route-rule-reviews-90-10', looks: ['black stars', 'no stars'] },
  { file: 'kube/route-rule-reviews-v2-v3', looks: ['black stars', 'red stars'] },
  { file: 'kube/destination-policy-reviews', looks: ['black stars', 'no stars', 'red stars'] },
];

async function lookOf(page: Page): Promise<Look> {
  const shows = async (text: string): Promise<boolean> => (await page.getByText(text).count()) > 0;
  const stars = async (colour: string): Promise<number> =>
    await page.getByRole('img', { name: new RegExp(`^[45] out of 5 stars, ${colour}$`) }).count();
  if (await shows('Error fetching product details')) return 'no details';
  if (await shows('Error fetching product reviews')) return 'no reviews';
  if (await shows('Ratings service is currently unavailable')) return 'no ratings';
  const [black, red] = [await stars('black'), await stars('red')];
  expect([black, red].toSorted((a, b) => a - b)).toEqual([0, black + red === 0 ? 0 : 2]);
  return black > 0 ? 'black stars' : red > 0 ? 'red stars' : 'no stars';
}

/** Loads the page until it has had as many looks, and returns them in alphabetical order. */
async function looksOf(page: Page, count: number): Promise<Look[]> {
  const looks = new Set([await lookOf(page)]);
  await until(`${count} looks`, async () => {
    await page.reload();
    looks.add(await lookOf(page));
    return looks.size >= count;
  });
  return [...looks].toSorted((a, b) => a.localeCompare(b));
}

describe.skipIf(browserMissing)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test.each(FILES)('$file shows $looks', async ({ file, with: others = [], looks, jason = looks }) => {
    // Together: rules of 2017 depend on each other's precedence, and a cluster gets them converted.
    await using _rules = await applied(...others, file);
    await using visited = await visit(browser);
    const { page } = visited;
    expect(await looksOf(page, looks.length)).toEqual(looks);
    await signInAs(page, 'jason');
    expect(await looksOf(page, jason.length)).toEqual(jason);
  });
});
