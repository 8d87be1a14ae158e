import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserMissing, launch } from '@bookinfo/testing/chromium';
import type { View } from '../src/router/views.ts';
import { openConsole, PHONE, violations } from './support/console-page.ts';
import { BOOKINFO, sixty } from './support/graphs.ts';
import { TRACE_ID } from './support/traces.ts';

/** Each view in the state that shows most. */
const STATES: [name: string, view: View, rest: string, act: (page: Page) => Promise<unknown>][] = [
  ['the graph', 'graph', '', (page) => page.locator('.node').nth(1).click()],
  ['the table of the graph', 'graph', '', (page) => page.getByRole('button', { name: 'Table' }).click()],
  ['the list of traces', 'traces', '', (page) => page.locator('tbody tr').first().waitFor()],
  ['a trace', 'traces', TRACE_ID, (page) => page.getByRole('button', { name: 'Open all' }).click()],
  ['the rules', 'rules', '', (page) => page.getByRole('button', { name: 'Edit' }).waitFor()],
  ['the editor', 'rules', '', showProblem],
  ['the questions', 'ask', '', askAll],
  [
    'the pods',
    'pods',
    '',
    (page) =>
      page
        .getByRole('button', { name: /^Logs of/ })
        .first()
        .click(),
  ],
  ['the load', 'load', '', (page) => page.getByText('Failed, of these').waitFor()],
];

async function showProblem(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('YAML').fill('spec:\n  wieght: 80\n');
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('did you mean').waitFor();
}

async function askAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Explain and predict' }).click();
  await page.getByRole('heading', { name: 'Prediction' }).waitFor();
  await page.getByLabel('VirtualService/default/reviews').check();
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('progressbar').waitFor();
}

const SCREENS: [name: string, options: BrowserContextOptions][] = [
  ['in light colours', { colorScheme: 'light' }],
  ['in dark colours', { colorScheme: 'dark' }],
  ['on a phone', { colorScheme: 'light', viewport: PHONE }],
];

describe.skipIf(browserMissing)('in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test.each(SCREENS)('axe finds nothing in any view %s', async (_, options) => {
    await using opened = await openConsole(browser, BOOKINFO, options);
    const { page, offences, show } = opened;
    for (const [name, view, rest, act] of STATES) {
      await show('load');
      await show(view, rest);
      await act(page);
      expect([name, ...(await violations(page))]).toEqual([name]);
    }
    expect(offences).toEqual([]);
  });

  test('no view is wider than a phone, with sixty workloads', async () => {
    await using opened = await openConsole(browser, sixty(), { viewport: PHONE });
    for (const [name, view, rest, act] of STATES) {
      await opened.show('load');
      await opened.show(view, rest);
      await act(opened.page);
      const excess = await opened.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([name, excess]).toEqual([name, 0]);
    }
  });
});
