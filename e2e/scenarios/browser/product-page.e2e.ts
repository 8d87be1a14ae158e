import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserMissing, launch, signInAs, visit } from '../../support/browser.ts';
import { applied } from '../../support/applied.ts';
import { target } from '../../support/target/index.ts';

const colourOf = (star: Element) => getComputedStyle(star).color;

describe.skipIf(browserMissing)('in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test('the red stars of v3 are red', async () => {
    await using _rules = await applied('networking/virtual-service-reviews-v3');
    await using visited = await visit(browser);
    const { page } = visited;
    const stars = page.locator('.glyphicon-star');
    expect(await stars.count()).toBe(9);
    const [red = 0, green = 0, blue = 0] =
      (await stars.first().evaluate(colourOf)).match(/\d+/g)?.map(Number) ?? [];
    expect(red).toBeGreaterThan(2 * Math.max(green, blue));
  });

  test('failing services show as panels beside the rest of the page', async () => {
    await using _rules = await applied(
      'networking/fault-injection-details-v1',
      'networking/virtual-service-reviews-test-v2',
      'networking/virtual-service-ratings-test-abort',
    );
    await using visited = await visit(browser);
    const { page } = visited;
    await signInAs(page, 'jason');
    expect(await page.getByText('Error fetching product details').isVisible()).toBe(true);
    expect(await page.getByText('Ratings service is currently unavailable').count()).toBe(2);
    expect(await page.getByRole('heading', { name: 'The Comedy of Errors' }).first().isVisible()).toBe(true);
    expect(await violations(page)).toEqual([]);
  });

  test('jason signs in with the dialog, stays signed in, and signs out', async () => {
    await using visited = await visit(browser);
    const { page } = visited;
    await signInAs(page, 'jason');
    expect(page.url()).toBe(`${target.ingressUrl}/productpage`);
    expect(await page.getByText('jason').first().isVisible()).toBe(true);
    await page.reload();
    await page.getByRole('link', { name: 'Sign out' }).click();
    expect(await page.getByText('jason').count()).toBe(0);
  });

  test('the page works without scripts', async () => {
    await using visited = await visit(browser, { javaScriptEnabled: false });
    await signInAs(visited.page, 'jason');
    expect(await visited.page.getByText('jason').first().isVisible()).toBe(true);
  });

  test('no request goes to another host, and none fails', async () => {
    await using visited = await visit(browser);
    expect(visited.requested.length).toBeGreaterThan(1);
    for (const url of visited.requested.filter((each) => !each.startsWith('data:'))) {
      expect(url.startsWith(`${target.ingressUrl}/`), url).toBe(true);
      expect((await fetch(url)).status, url).toBe(200);
    }
  });

  test.each([320, 375, 768, 1440])(
    'at %i pixels nothing is cut off or needs scrolling sideways',
    async (width) => {
      await using visited = await visit(browser, { viewport: { width, height: 800 } });
      const overflow = await visited.page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    },
  );

  test.each(['light', 'dark'] as const)('axe finds no violation in the %s scheme', async (colorScheme) => {
    await using _rules = await applied('networking/virtual-service-reviews-v3');
    await using visited = await visit(browser, { colorScheme });
    expect(await violations(visited.page)).toEqual([]);
    await visited.page.getByRole('button', { name: 'Sign in' }).first().click();
    expect(await violations(visited.page)).toEqual([]);
  });
});

async function violations(page: Page) {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(', ')}`);
}
