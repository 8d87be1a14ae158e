import { join } from 'node:path';
import { compare, formatRates } from './compare.ts';
import { freePort, startProgram } from './program.ts';

const TARGET = 0.6;

const script = (name: string) => join(import.meta.dirname, name);
const service = join(import.meta.dirname, '../../services/productpage/dist/main.js');

/** Compares `/productpage` with a minimal program that serves the same bytes. */
export async function measureProductpage(): Promise<string[]> {
  const [backendPort, barePort, nestPort] = [await freePort(), await freePort(), await freePort()];
  const port = String(backendPort);

  await using _backends = await startProgram(backendPort, script('backends.ts'), [port]);
  await using nest = await startProgram(nestPort, service, [String(nestPort)], {
    HOST: '127.0.0.1',
    HTTP_KEEP_ALIVE: 'true',
    SESSION_SECRET: 'only for this measurement',
    DETAILS_HOSTNAME: '127.0.0.1',
    DETAILS_SERVICE_PORT: port,
    REVIEWS_HOSTNAME: '127.0.0.1',
    REVIEWS_SERVICE_PORT: port,
  });
  const [product] = (await fetch(`${nest.url}/api/v1/products`).then((answer) => answer.json())) as object[];
  await using bare = await startProgram(barePort, script('bare-productpage.ts'), [
    String(barePort),
    port,
    JSON.stringify(product),
  ]);

  const pages = [`${bare.url}/productpage`, `${nest.url}/productpage`];
  const [bareHtml, nestHtml] = await Promise.all(
    pages.map((url) => fetch(url).then((answer) => answer.text())),
  );
  if (bareHtml !== nestHtml) throw new Error(`the two pages differ:\n${bareHtml}\n---\n${nestHtml}`);

  const [bareFigures, nestFigures] = await compare(pages.map((url) => ({ url })));
  const ratio = (nestFigures?.median ?? 0) / (bareFigures?.median ?? NaN);
  return [
    `requests/s, ${Buffer.byteLength(nestHtml ?? '')} bytes a page`,
    formatRates('bare node:http', bareFigures),
    formatRates('productpage', nestFigures),
    `ratio of medians ${ratio.toFixed(2)} (wanted: at least ${TARGET})`,
  ];
}
