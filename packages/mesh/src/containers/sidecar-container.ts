import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sleep, type Clock } from '@bookinfo/effects';
import { ADMIN_SOCKET, PROXY_FILE, proxyFileText, type ProxyFile } from './proxy-file.js';

/** Limit for a proxy to use a new file. */
const TIMEOUT_MS = 15_000;
const POLL_MS = 10;
const NEVER = new AbortController().signal;

/** Returns the version of a file's text, by which a proxy tells that it uses it. */
export function versionOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The file of a proxy of this mesh that another container runs, and that may be started and stopped at any time. */
export class SidecarContainer {
  readonly #folder: string;
  readonly #clock: Clock;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /**
   * Replaces the file. Resolves when the proxy uses it, and at once while it does not run.
   * @throws {Error} when it runs and does not use the file in time.
   */
  async write(file: ProxyFile): Promise<void> {
    const content = proxyFileText(file);
    const path = join(this.#folder, PROXY_FILE);
    await mkdir(this.#folder, { recursive: true });
    await writeFile(`${path}.new`, content);
    await rename(`${path}.new`, path);
    const deadline = this.#clock.now() + TIMEOUT_MS;
    for (;;) {
      const used = await usedVersion(join(this.#folder, ADMIN_SOCKET));
      if (used === undefined || used === versionOf(content)) return;
      if (this.#clock.now() > deadline)
        throw new Error(`the proxy of ${this.#folder} does not use its table`);
      await sleep(this.#clock, POLL_MS, NEVER);
    }
  }
}

/** Returns the version that the proxy uses; undefined while it does not run, and when it ends before it has responded. */
function usedVersion(socketPath: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const none = (): void => resolve(undefined);
    request({ socketPath, path: '/version', agent: false, signal: AbortSignal.timeout(TIMEOUT_MS) })
      .once('response', (response) => void text(response).then(resolve, none))
      .once('error', none)
      .end();
  });
}
