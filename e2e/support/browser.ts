import type { Browser, Page } from 'playwright-core';
import { target } from './target/index.ts';

export { browserMissing, launch } from '@bookinfo/testing/chromium';

/** An open page, and every URL that it requested. */
export interface Visit extends AsyncDisposable {
  page: Page;
  requested: string[];
}

/** Opens the product page in a new browser profile. */
export async function visit(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  await page.goto(`${target.ingressUrl}/productpage`);
  return { page, requested, [Symbol.asyncDispose]: () => context.close() };
}

/** Signs in by the dialog of the page. */
export async function signInAs(page: Page, name: string) {
  await page.getByText('Sign in').first().click();
  await page.locator('input[name=username]').fill(name);
  await page.locator('input[name=passwd]').fill('any');
  await page.locator('form[action=login] button').click();
  await page.waitForURL('**/productpage');
}
