import { join } from 'node:path';
import { compare } from './compare.ts';
import { freePort } from '@bookinfo/effects';
import { startProgram, type Program } from './program.ts';
import type { Row } from './row.ts';

/** A service beside the least program that sends the same responses. */
interface Pair {
  what: string;
  service: string;
  path: string;
  /** Requests of a round. */
  requests: number;
  env: (backendPort: string) => Record<string, string>;
  bare: string;
  /** The arguments of the bare program after its port. */
  bareArgs: (backendPort: string, service: Program) => Promise<string[]>;
  atLeast: number;
}

const script = (name: string) => join(import.meta.dirname, name);

const PAIRS: Pair[] = [
  productpage('pooled connections', 'true'),
  productpage('a connection per call', 'false'),
  {
    what: 'reviews v3, pooled connections',
    service: 'reviews',
    path: '/reviews/0',
    requests: 1000,
    env: (port) => ({
      SERVICE_VERSION: 'v3',
      HTTP_KEEP_ALIVE: 'true',
      RATINGS_HOSTNAME: '127.0.0.1',
      RATINGS_SERVICE_PORT: port,
    }),
    bare: 'bare-reviews.ts',
    bareArgs: async (port, { url }) => [port, 'true', await get(`${url}/reviews/0`)],
    atLeast: 0.8,
  },
  constant('details', '/details/0'),
  constant('ratings', '/ratings/0'),
];

function productpage(connections: string, keepAlive: string): Pair {
  return {
    what: `productpage, ${connections}`,
    service: 'productpage',
    path: '/productpage',
    requests: 500,
    env: (port) => ({
      HTTP_KEEP_ALIVE: keepAlive,
      SESSION_SECRET: 'only for this measurement',
      DETAILS_HOSTNAME: '127.0.0.1',
      DETAILS_SERVICE_PORT: port,
      REVIEWS_HOSTNAME: '127.0.0.1',
      REVIEWS_SERVICE_PORT: port,
    }),
    bare: 'bare-productpage.ts',
    bareArgs: async (port, { url }) => {
      const [product] = JSON.parse(await get(`${url}/api/v1/products`)) as object[];
      return [port, keepAlive, JSON.stringify(product)];
    },
    atLeast: 0.85,
  };
}

function constant(service: string, path: string): Pair {
  return {
    what: service,
    service,
    path,
    requests: 2000,
    env: () => ({}),
    bare: 'bare-json.ts',
    bareArgs: async (_port, { url }) => [await get(`${url}${path}`)],
    atLeast: 0.8,
  };
}

/** Compares each service with bare node:http. */
export async function measureServices(): Promise<Row[]> {
  const rows = [];
  for (const pair of PAIRS) rows.push(await measurePair(pair));
  return rows;
}

/** @throws {Error} when the two send different bodies */
async function measurePair(pair: Pair): Promise<Row> {
  const [backendPort, servicePort, barePort] = [await freePort(), await freePort(), await freePort()];
  const port = String(backendPort);
  await using _backends = await startProgram(backendPort, script('backends.ts'), [port]);
  const main = script(`../../services/${pair.service}/dist/main.js`);
  const env = { HOST: '127.0.0.1', ...pair.env(port) };
  await using service = await startProgram(servicePort, main, [String(servicePort)], env);
  const bareArgs = await pair.bareArgs(port, service);
  await using bare = await startProgram(barePort, script(pair.bare), [String(barePort), ...bareArgs]);

  const targets = {
    bare: { url: `${bare.url}${pair.path}`, pid: bare.pid },
    service: { url: `${service.url}${pair.path}`, pid: service.pid },
  };
  const [wanted, sent] = [await get(targets.bare.url), await get(targets.service.url)];
  if (wanted !== sent) throw new Error(`the two bodies differ:\n${wanted}\n---\n${sent}`);
  const load = await compare(targets, pair.requests);
  return {
    what: pair.what,
    unit: 'requests/s of CPU',
    measured: load.service.perCpuSecond,
    comparedWith: { what: 'bare node:http', measured: load.bare.perCpuSecond },
    goal: { atLeast: pair.atLeast },
  };
}

async function get(url: string): Promise<string> {
  return (await fetch(url)).text();
}
