import { spawn } from 'node:child_process';
import { expect, onTestFailed, test } from 'vitest';
import { AdminClient } from '@bookinfo/mesh';
import { freePort } from '@bookinfo/effects';
import { root } from '../../support/repository.ts';

// npm passes SIGTERM on to the shell of its script only, and the shell ends without its children.
test('the mesh ends when the shell of the npm script that started it has ended', async () => {
  const [port, adminPort] = [await freePort(), await freePort()];
  const command = `'${process.execPath}' packages/cli/bin/bookinfo.js up --port ${port} --admin-port ${adminPort}; true`;
  const shell = spawn('sh', ['-c', command], {
    cwd: root,
    env: { ...process.env, npm_command: 'start' },
    stdio: 'ignore',
    detached: true,
  });
  onTestFailed(() => {
    process.kill(-Number(shell.pid), 'SIGKILL');
  });
  const admin = new AdminClient(adminPort);
  const isReachable = () =>
    admin.mesh().then(
      () => true,
      () => false,
    );
  await expect.poll(isReachable).toBe(true);
  shell.kill('SIGTERM');
  await expect.poll(isReachable).toBe(false);
  await expect(fetch(`http://localhost:${port}/productpage`)).rejects.toThrow('fetch failed');
});
