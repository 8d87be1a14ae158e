import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserMissing, launch } from '@bookinfo/testing/chromium';
import { openConsole, violations } from './support/console-page.ts';
import { BOOKINFO } from './support/graphs.ts';

describe.skipIf(browserMissing)('in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test('the credential leaves the address bar, and a reload still has it', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page } = opened;
    await page.locator('.node').first().waitFor();
    expect(page.url()).toBe(`${opened.server.url}#/graph`);
    await page.reload();
    await page.locator('.node').first().waitFor();
  });

  test('without a credential, or with that of another mesh, the page says how to get one', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page, server } = opened;
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await page.getByRole('heading', { name: "This page needs the mesh's credential" }).waitFor();
    expect(await page.getByText('./bookinfo status').isVisible()).toBe(true);
    await page.goto(`${server.url}#token=Bearer%200.old`);
    await page.getByRole('heading', { name: 'The mesh has refused the credential' }).waitFor();
    expect(await violations(page)).toEqual([]);
    const asked = server.asked.length;
    await page.waitForTimeout(1500);
    expect(server.asked).toHaveLength(asked);
    await page.goto(`${server.url}#token=Bearer%201.test`);
    await page.locator('.node').first().waitFor();
  });

  test('while the mesh does not answer, the page keeps what it has and asks again', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page, server } = opened;
    await page.locator('.node').first().waitFor();
    server.isUp = false;
    await page.getByText('The mesh does not answer.').waitFor();
    expect(await page.locator('.node').count()).toBe(BOOKINFO.nodes.length);
    expect(await violations(page)).toEqual([]);
    server.isUp = true;
    await page.getByText('The mesh does not answer.').waitFor({ state: 'detached' });
  });

  test('a hidden page asks nothing, and asks at once when it is visible again', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page, server } = opened;
    await page.locator('.node').first().waitFor();
    const show = (isHidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    await show(true);
    await page.waitForTimeout(300);
    const asked = server.asked.length;
    await page.waitForTimeout(2500);
    expect(server.asked).toHaveLength(asked);
    await show(false);
    await expect.poll(() => server.asked.length).toBeGreaterThan(asked);
  });
});
