import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Graph } from '../../src/api/types.ts';
import type { View } from '../../src/router/views.ts';
import { fixtureMesh } from './fixture-mesh.ts';
import { AUTHORIZATION, type FixtureServer, startFixtureServer } from './fixture-server.ts';

export const PHONE = { width: 390, height: 844 };

/** The page on a mesh of fixtures, with what must not happen on it. */
export interface ConsolePage extends AsyncDisposable {
  page: Page;
  server: FixtureServer;
  /** Violations of the policy, exceptions, and requests to other hosts. */
  offences: string[];
  show: (view: View, rest?: string) => Promise<void>;
}

/** Opens the page by the URL that `bookinfo up` prints. */
export async function openConsole(
  browser: Browser,
  graph: Graph,
  options: BrowserContextOptions = {},
): Promise<ConsolePage> {
  const server = await startFixtureServer(fixtureMesh(graph));
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const offences: string[] = [];
  page.on('pageerror', ({ message }) => offences.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('ERR_')) offences.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) offences.push(`request of ${request.url()}`);
  });
  await page.goto(`${server.url}#token=${encodeURIComponent(AUTHORIZATION)}`);
  return {
    page,
    server,
    offences,
    show: async (view, rest = '') => {
      await page.evaluate(
        (hash) => {
          location.hash = hash;
        },
        `#/${view}${rest && `/${encodeURIComponent(rest)}`}`,
      );
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Returns what axe finds on the page, with the elements. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
