import autocannon from 'autocannon';

export interface Figures {
  /** Requests a second, a figure a round. */
  rates: number[];
  median: number;
}

const CONNECTIONS = 32;
const WARM_UP_SECONDS = 3;
const ROUND_SECONDS = 5;
const ROUNDS = 7;

/**
 * Loads the URLs in turn, round after round, so that whatever else the machine does falls on all alike.
 *
 * @throws Error when any request failed: a figure with errors in it measures something else
 */
export async function compare(urls: readonly string[]): Promise<Figures[]> {
  for (const url of urls) await load(url, WARM_UP_SECONDS);
  const rates = urls.map((): number[] => []);
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [index, url] of urls.entries()) rates[index]?.push(await load(url, ROUND_SECONDS));
    process.stderr.write(`round ${round} of ${ROUNDS}\n`);
  }
  return rates.map((each) => ({ rates: each, median: median(each) }));
}

async function load(url: string, duration: number): Promise<number> {
  const result = await autocannon({ url, connections: CONNECTIONS, duration });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0) throw new Error(`${failed} requests to ${url} failed`);
  return result.requests.average;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
