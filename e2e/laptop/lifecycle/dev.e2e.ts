import { copyFileSync, cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AdminClient } from '@bookinfo/mesh';
import { freePort } from '@bookinfo/effects';
import { root } from '../../support/repository.ts';
import { outputHas, start } from '../../support/run.ts';

async function podsOf(admin: AdminClient, deployment: string): Promise<unknown[]> {
  const { items } = await admin.get('Pod');
  const names = items.map(({ metadata }) => (metadata as { name: string }).name);
  return names.filter((name) => name.startsWith(deployment));
}

/** Saves a file as most editors do: writes another one, and renames it. */
function save(file: string): void {
  copyFileSync(file, `${file}.new`);
  renameSync(`${file}.new`, file);
}

/** Restores a folder at the end of the test: other tests read the bundle of a build. */
function restoreAfterwards(folder: string): void {
  const copy = mkdtempSync(path.join(tmpdir(), 'bookinfo-'));
  cpSync(folder, copy, { recursive: true });
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
    cpSync(copy, folder, { recursive: true });
    rmSync(copy, { recursive: true });
  });
}

test('each saved file of a service replaces its pods under the running mesh, and SIGTERM ends all processes', async () => {
  restoreAfterwards(path.join(root, 'services/details/dist'));
  const [port, adminPort] = [await freePort(), await freePort()];
  const dev = start('scripts/dev.mjs', ['--port', `${port}`, '--admin-port', `${adminPort}`]);
  const page = `http://localhost:${port}/productpage`;
  await outputHas(dev, page);
  const admin = new AdminClient(adminPort);
  const ratings = await podsOf(admin, 'ratings-v1');

  for (let saves = 1; saves <= 2; saves += 1) {
    const details = await podsOf(admin, 'details-v1');
    save(path.join(root, 'services/details/src/app.ts'));
    await expect.poll(() => dev.output().split('details rebuilt and restarted').length - 1).toBe(saves);
    await expect.poll(() => podsOf(admin, 'details-v1')).not.toEqual(expect.arrayContaining(details));
  }
  expect(await podsOf(admin, 'ratings-v1')).toEqual(ratings);
  expect((await fetch(page)).status).toBe(200);

  dev.process.kill('SIGTERM');
  await dev.finished;
  await expect(admin.mesh()).rejects.toThrow('No mesh answers');
});
