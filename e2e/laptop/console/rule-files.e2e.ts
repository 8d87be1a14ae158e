import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '@bookinfo/effects';
import { AdminClient, consoleUrl } from '@bookinfo/mesh';
import { browserMissing, launch } from '../../support/browser.ts';
import { outputHas, start } from '../../support/run.ts';
import { sourceOf } from '../../support/sources.ts';

interface Case {
  files: string[];
  /** Who the pages are requested as. */
  user?: string;
  /** What the names of edges match. */
  edges: RegExp[];
}

/** What the graph says under each rule file, from its own weights and faults. */
const CASES: Case[] = [
  { files: ['virtual-service-all-v1'], edges: [/100 % ✓ .*; productpage-v1 to reviews-v1/] },
  {
    files: ['virtual-service-reviews-80-20'],
    edges: [/≈ 80 % .*; productpage-v1 to reviews-v1/, /≈ 20 % .*; productpage-v1 to reviews-v2/],
  },
  {
    files: ['virtual-service-reviews-v2-v3'],
    edges: [/≈ 50 % .*; productpage-v1 to reviews-v2/, /≈ 50 % .*; productpage-v1 to reviews-v3/],
  },
  {
    files: ['virtual-service-reviews-v3', 'virtual-service-ratings-delay'],
    edges: [/100 % ✓ .*; productpage-v1 to reviews-v3/, /; reviews-v3 to ratings-v1 .*; \d+ delayed/],
  },
  {
    files: ['virtual-service-reviews-test-v2', 'virtual-service-ratings-test-abort'],
    user: 'jason',
    edges: [/100 % ✓ .*; productpage-v1 to reviews-v2/, /; reviews-v2 to .* for ratings; .*\d+ aborted/],
  },
  { files: ['fault-injection-details-v1'], edges: [/; productpage-v1 to .* for details; .*\d+ aborted/] },
  { files: ['virtual-service-reviews-mirror-v3'], edges: [/; productpage-v1 to .*; \d+ mirrored/] },
];

/** Requests pages by the console's load, and shows the graph. */
async function showTraffic(page: Page, url: string, user: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('link', { name: 'Load' }).click();
  await page.getByLabel('Page views each second').fill('15');
  await page.getByLabel('User').fill(user);
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByRole('link', { name: 'Graph' }).click();
}

const edgesOf = (page: Page): Promise<string[]> =>
  page.locator('.edge').evaluateAll((edges) => edges.map((edge) => edge.getAttribute('aria-label') ?? ''));

describe.skipIf(browserMissing)('the graph of the console', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test.each(CASES)('says what $files say', async ({ files, user = '', edges }) => {
    const [port, adminPort] = [await freePort(), await freePort()];
    const ports = ['--port', `${port}`, '--admin-port', `${adminPort}`];
    const up = start('packages/cli/bin/bookinfo.js', ['up', ...ports]);
    await outputHas(up, 'Console: ');
    await new AdminClient(adminPort).apply(files.map((file) => sourceOf(`deploy/networking/${file}.yaml`)));

    const page = await browser.newPage();
    const offences: string[] = [];
    page.on('pageerror', ({ message }) => offences.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') offences.push(message.text());
    });
    await showTraffic(page, consoleUrl(adminPort) ?? '', user);
    for (const edge of edges)
      await expect.poll(() => edgesOf(page)).toContainEqual(expect.stringMatching(edge));
    expect(offences).toEqual([]);

    await page.close();
    up.process.kill('SIGINT');
    await up.finished;
  });
});
