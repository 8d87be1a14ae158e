// load.mjs URL [TEXT...]: 40 clients ask for the page again and again until the standard input ends. Prints the count of requests
// and of those that failed: not 200, or with one of the texts on the page.
// The clients start at random: in step they would all wait while a pod ends, and none would meet the moment that it is gone.
const [url, ...errors] = process.argv.slice(2);
const failures = new Map();
let requests = 0;
process.stdin.resume();

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function ask() {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  const page = await response.text();
  if (response.status !== 200) return `status ${response.status}: ${page.slice(0, 100)}`;
  return errors.find((error) => page.includes(error));
}

async function client() {
  await sleep(Math.random() * 6000);
  while (!process.stdin.readableEnded) {
    const failure = await ask().catch((error) => `${error.message}: ${error.cause?.message ?? ''}`);
    requests += 1;
    if (failure) failures.set(failure, (failures.get(failure) ?? 0) + 1);
    await sleep(Math.random() * 2000);
  }
}

await Promise.all(Array.from({ length: 40 }, client));
const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
const lines = [...failures].map(([failure, count]) => `${count} times: ${failure}\n`);
process.stdout.write(`${requests} requests, ${failed} failed\n${lines.join('')}`);
process.exitCode = failed === 0 ? 0 : 1;
