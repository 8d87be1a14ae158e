import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { freePort } from '@bookinfo/effects';
import { root } from '../../support/repository.ts';

/** Starts ratings with standard output to this descriptor, and resolves when it serves. */
async function startRatings(stdout: number | 'pipe', env: Record<string, string>) {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, ['services/ratings/dist/main.js', `${port}`], {
    cwd: root,
    env,
    stdio: ['ignore', stdout, 'pipe'],
  });
  const ask = async (path: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  await expect.poll(() => ask('/livez').catch(() => 0)).toBe(200);
  return { child, ask };
}

test.skipIf(process.platform !== 'linux').each(['json', 'pretty'])(
  'a service whose %s log is on a full disk says so once, serves, and ends on SIGTERM with exit code 0',
  async (LOG_FORMAT) => {
    const { child, ask } = await startRatings(openSync('/dev/full', 'w'), { LOG_FORMAT });
    const errors = text(child.stderr as NodeJS.ReadableStream);
    for (let count = 0; count < 10; count += 1) expect(await ask('/ratings/0')).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await errors).toBe(
      "ratings can't write its log any more: ENOSPC: no space left on device, write\n",
    );
  },
);

test('a service whose log has a reader that has stopped serves, and ends on SIGTERM with exit code 0', async () => {
  const { child, ask } = await startRatings('pipe', {});
  // More than the kernel's buffer of a pipe (64 KiB) and that of this process.
  const path = `/ratings/0?${'x'.repeat(250)}`;
  for (let count = 0; count < 600; count += 1) expect(await ask(path)).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
