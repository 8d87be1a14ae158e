import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserMissing, launch } from '@bookinfo/testing/chromium';
import { openConsole } from './support/console-page.ts';
import { BOOKINFO, HOSTILE, sixty } from './support/graphs.ts';
import { TRACE_ID } from './support/traces.ts';

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
  });

/** Presses Tab until an element with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) return;
  }
  throw new Error(`no element ${name} has the focus; the last one is ${await focused(page)}`);
}

describe.skipIf(browserMissing)('in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test('the graph says observed and predicted share, faults and ejected pods', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page } = opened;
    await page.locator('.edge').first().waitFor();
    const texts = (await page.locator('.edge, .node').allTextContents()).join('\n');
    for (const text of [
      '79.4 % ≈ 80 %',
      '12 % ≠ 0 %',
      '⚠ 7.0 % errors · ✕ 7 aborted',
      '⇉ 12 mirrored',
      '3 pods · ⊘ 1 ejected',
      '⚠ 1 of 2 pods',
    ])
      expect(texts).toContain(text);
    expect(opened.offences).toEqual([]);
  });

  test('arrow keys pass through the graph, Enter shows details and Escape leaves them', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page } = opened;
    await page.locator('.node').first().waitFor();
    await tabTo(page, /^istio-ingress/);
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toContain('istio-system/istio-ingressgateway to productpage-v1');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'istio-system/istio-ingressgateway → productpage-v1' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Choose a workload or an edge').waitFor();
    await page.keyboard.press('End');
    expect(await focused(page)).toMatch(/ratings-v1/);
  });

  test('workloads keep their places while figures change', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page, server } = opened;
    const places = () =>
      page.locator('.node').evaluateAll((nodes) => nodes.map((node) => node.getAttribute('transform')));
    await page.locator('.node').first().waitFor();
    const before = await places();
    server.mesh.graph = {
      ...BOOKINFO,
      edges: BOOKINFO.edges.map((edge) => ({ ...edge, requestsPerSecond: 77 })),
    };
    await page.locator('.label').getByText('77/s').first().waitFor();
    expect(await places()).toEqual(before);
  });

  test('sixty workloads are readable when the graph is filtered', async () => {
    await using opened = await openConsole(browser, sixty());
    const { page } = opened;
    await page.getByText('61 of 61 shown').waitFor();
    await page.getByRole('searchbox', { name: 'Filter workloads' }).fill('checkout');
    await expect.poll(() => page.locator('.node').count()).toBeLessThan(15);
    expect(await page.locator('.edge text').first().textContent()).toMatch(/\/s/);
  });

  test('names that are markup are text', async () => {
    await using opened = await openConsole(browser, HOSTILE);
    const { page, offences, show } = opened;
    await page.locator('.node').nth(1).click();
    await page.getByRole('heading', { name: '<img src=x onerror=alert(1)>' }).waitFor();
    await page.getByRole('button', { name: 'Table' }).click();
    await show('pods');
    await page.getByRole('heading', { name: '<img src=x onerror=alert(1)>' }).waitFor();
    expect(await page.locator('main img, main script, main b').count()).toBe(0);
    expect(offences).toEqual([]);
  });

  test('the address of a trace shows who decided what', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page, show } = opened;
    await show('traces', TRACE_ID);
    await tabTo(page, /^Open all/);
    await page.keyboard.press('Enter');
    const details = page.locator('.details');
    await details.getByText('deploy/networking/virtual-service-reviews-80-20.yaml:18').waitFor();
    const text = (await details.allTextContents()).join('\n').replaceAll(/\s+/g, ' ');
    expect(text).toContain('reviews v2, of weight 20 %');
    expect(text).toContain('delayed by 2.00 s');
    expect(text).toContain('127.0.0.1:40111: connection refused after 0.90 ms');
    expect(text).toContain('a copy to reviews v3');
  });

  test('the list of traces asks for what its filters say', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page, server, show } = opened;
    const asked: unknown[] = [];
    const traces = server.mesh.operations['GET /traces'];
    server.mesh.operations['GET /traces'] = (query) => {
      asked.push(query);
      return traces?.(query) ?? {};
    };
    await show('traces');
    await page.getByLabel('Errors only').check();
    await page.getByLabel('Workload', { exact: true }).fill('reviews-v2');
    await expect
      .poll(() => asked.at(-1))
      .toEqual({ limit: '50', errors: 'true', workload: 'default/reviews-v2' });
  });

  test('a rule is edited, checked, compared, applied and taken back by keyboard', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page, server, show } = opened;
    await show('rules');
    await page.getByText('11,804').first().waitFor();
    await tabTo(page, /^Edit$/);
    await page.keyboard.press('Enter');
    const field = page.getByLabel('YAML');
    const former = await field.inputValue();

    await field.fill(former.replace('weight: 80', 'wieght: 60'));
    await tabTo(page, /^Check$/);
    await page.keyboard.press('Enter');
    await page.getByText('did you mean "weight"?').waitFor();
    await tabTo(page, /:21$/);
    await page.keyboard.press('Enter');
    const at = await field.evaluate((area: HTMLTextAreaElement) => area.selectionStart);
    expect(former.slice(0, at).split('\n')).toHaveLength(21);

    await field.fill(former.replace('weight: 80', 'weight: 60'));
    await tabTo(page, /^Review changes$/);
    await page.keyboard.press('Enter');
    await page.locator('.added').waitFor();
    expect(await page.locator('.removed').textContent()).toContain('weight: 80');
    await tabTo(page, /^Apply$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Undo$/);
    await page.keyboard.press('Enter');
    await expect.poll(() => server.mesh.changes.length).toBe(2);
    const file = 'deploy/networking/virtual-service-reviews-80-20.yaml';
    expect(server.mesh.changes).toEqual([
      ['apply', { sources: [{ file, text: former.replace('weight: 80', 'weight: 60') }], strict: false }],
      ['apply', { sources: [{ file, text: former }], strict: false }],
    ]);
  });

  test('a request is explained and predicted by keyboard', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page, show } = opened;
    await show('ask');
    await page.getByLabel('Headers').fill('end-user: jason');
    await tabTo(page, /^Explain and predict$/);
    await page.keyboard.press('Enter');
    await page.getByText('header end-user is not jason').waitFor();
    await page.getByRole('heading', { name: 'Prediction' }).waitFor();
    expect(await page.getByRole('row').allTextContents()).toContainEqual(
      expect.stringMatching(/80 %\s*200\s*productpage-v1 → reviews-v1/),
    );
  });

  test('chosen rules are verified with progress and a report', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page, server, show } = opened;
    await show('ask');
    await page.getByLabel('VirtualService/default/reviews').focus();
    await page.keyboard.press('Space');
    await tabTo(page, /^Verify$/);
    await page.keyboard.press('Enter');
    await page.getByText('3 of 8 claims').waitFor();
    expect(server.mesh.changes[0]).toMatchObject([
      'verification',
      { sources: [{ text: server.mesh.resources[0]?.yaml }] },
    ]);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('all claims hold').waitFor();
  });

  test('a deployment is scaled and restarted, and its logs are shown, by keyboard', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page, server, show } = opened;
    await show('pods');
    await page.getByLabel('Replicas of reviews-v2').fill('3');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => server.mesh.changes.at(-1))
      .toEqual(['scale', { deployment: 'reviews-v2', namespace: 'default', replicas: 3 }]);
    await page.getByRole('button', { name: 'Restart reviews-v2' }).press('Enter');
    await expect.poll(() => server.mesh.changes.at(-1)?.[0]).toBe('restart');
    await page.getByRole('button', { name: 'Logs of reviews-v2' }).press('Enter');
    await page.getByText('GET /reviews/0 200').first().waitFor();
  });

  test('a deployment without pods can be scaled up again', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page, server, show } = opened;
    await page.locator('.node').first().waitFor();
    server.mesh.pods = server.mesh.pods.filter(({ deployment }) => deployment !== 'ratings-v1');
    await show('pods');
    await page.getByRole('region', { name: 'ratings-v1' }).getByText('no pod').waitFor();
    await page.getByLabel('Replicas of ratings-v1').fill('2');
    await page.keyboard.press('Enter');
    await expect.poll(() => server.mesh.changes.at(-1)?.[1]).toMatchObject({ replicas: 2 });
  });

  test('the load is turned on for a user, and off', async () => {
    await using opened = await openConsole(browser, BOOKINFO);
    const { page, server, show } = opened;
    await show('load');
    await page.getByLabel('User').fill('jason');
    await page.getByLabel('Page views each second').fill('12');
    await page.keyboard.press('Enter');
    await page.getByText('on: 12/s, signed in as jason').waitFor();
    await page.getByRole('button', { name: 'Turn off' }).press('Enter');
    await page.getByText('○ off').waitFor();
    expect(server.mesh.changes).toEqual([
      ['load', { isOn: true, requestsPerSecond: 12, user: 'jason' }],
      ['load', { isOn: false, requestsPerSecond: 12, user: 'jason' }],
    ]);
  });
});
