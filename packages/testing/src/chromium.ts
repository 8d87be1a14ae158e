import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

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

/**
 * Starts a headless Chromium without background requests.
 * @throws {Error} when there is no Chromium
 */
export function launch(): Promise<Browser> {
  if (!executablePath) throw new Error('no Chromium found; on Debian: apt-get install chromium');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
}
