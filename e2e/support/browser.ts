import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { target } from './target/index.ts';

const CANDIDATES = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const executablePath = CANDIDATES.find((path) => path !== undefined && existsSync(path));

/** True when Chromium is missing, which is reported once. With CI set that is an error. */
export const browserMissing = !executablePath && process.env['CI'] !== 'true';

if (browserMissing) {
  process.stderr.write(
    'skipping browser checks: no Chromium; install it (Debian: apt-get install chromium) or set CHROMIUM_PATH\n',
  );
}

/** Starts a headless Chromium without background requests. */
export function launch(): Promise<Browser> {
  if (!executablePath) throw new Error('no Chromium found; on Debian: apt-get install chromium');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
}

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
