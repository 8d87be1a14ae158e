import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bookinfo, Mesh, Running } from '../../test/cli.js';
import { makeRepository, type TestRepository, workloadYaml } from '../../test/repository.js';
import { isRunning } from '../wait-for-end.js';

const SOON = { timeout: 10_000, interval: 20 };
const DETACHED = ['up', '--port', '0', '--admin-port', '0', '--detach'];

interface Status {
  running: boolean;
  url: string;
  pid: number;
  startedAt: string;
  console: string;
  pods: { metadata: { name: string }; status: { ready: boolean; address: string } }[];
}

/** Returns the status of an operation with the credential of a URL of the console. */
async function answered(console: string): Promise<number> {
  const { origin, hash } = new URL(console);
  const authorization = decodeURIComponent(hash.replace(/^#token=/, ''));
  return (await fetch(`${origin}/pods`, { headers: { authorization } })).status;
}

async function upDetached(repository: TestRepository) {
  const up = await bookinfo(repository, DETACHED);
  const adminPort = /down --admin-port (\d+)/.exec(up.stdout)?.[1] ?? '';
  const run = (...args: string[]) => bookinfo(repository, [...args, '--admin-port', adminPort]);
  return { up, run, [Symbol.asyncDispose]: () => run('down').then(() => undefined) };
}

test('up --detach returns when the page is served, and says where its log is and how to stop it', async () => {
  await using repository = await makeRepository();
  await using mesh = await upDetached(repository);
  const { code, stdout, stderr } = mesh.up;
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /\nStop it with \.\/bookinfo down --admin-port \d+\.\nIts log: \.bookinfo\/up-\d+\.log\n$/,
  );
  const page = /is up: (\S+)/.exec(stdout)?.[1] ?? '';
  expect((await fetch(page)).status).toBe(200);
  const log = /Its log: (\S+)/.exec(stdout)?.[1] ?? '';
  const logged = await readFile(path.join(repository.root, log), 'utf8');
  expect(logged).toMatch(/is ready[^]*Bookinfo is up/);
  const console = /Console: (\S+)/.exec(stdout)?.[1] ?? '';
  expect(await answered(console)).toBe(200);
  // Other users can read the log.
  expect(logged).not.toContain('#token=');
});

test('down ends all processes before it returns, and a second one has nothing to stop', async () => {
  await using repository = await makeRepository();
  await using mesh = await upDetached(repository);
  const { pid, url, pods } = JSON.parse((await mesh.run('status', '--json')).stdout) as Status;
  const pids = await Promise.all(
    pods.map(async ({ status }) => Number(await (await fetch(`http://${status.address}/pid`)).text())),
  );
  expect([pid, ...pids].map(isRunning)).toEqual([true, true, true]);
  expect(await mesh.run('down')).toEqual({
    code: 0,
    stdout: `Bookinfo at ${url} has stopped.\n`,
    stderr: '',
  });
  expect([pid, ...pids].map(isRunning)).toEqual([false, false, false]);
  const again = await mesh.run('down');
  expect([again.code, again.stdout]).toEqual([0, expect.stringMatching(/^Nothing to stop/)]);
});

test('status shows address, process, start and pods, and fails when no mesh runs', async () => {
  await using repository = await makeRepository();
  await using mesh = await Mesh.up(repository);
  const run = (...args: string[]) =>
    bookinfo(repository, ['status', '--admin-port', String(mesh.adminPort), ...args]);
  expect(await run()).toEqual({
    code: 0,
    stdout: expect.stringMatching(
      new RegExp(
        `^Gateway +${mesh.gateway}\nAdmin port +${mesh.adminPort}\nConsole +http://localhost:${mesh.adminPort}/#token=Bearer%20\\S+\nData plane +embedded\nProcess +${mesh.child.pid}\nSince +\\S+Z\n\nNAME[^]*\nreviews-v1-`,
      ),
    ),
    stderr: '',
  });
  const { startedAt, console, ...status } = JSON.parse((await run('--json')).stdout) as Status;
  expect(await answered(console)).toBe(200);
  expect(status).toMatchObject({ running: true, url: mesh.gateway, pid: mesh.child.pid, pods: [{}, {}] });
  expect(Date.now() - Date.parse(startedAt)).toBeGreaterThan(0);
  mesh.child.kill();
  await mesh.ended;
  expect(await run()).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('./bookinfo up'),
  });
  const none = await run('--json');
  expect([none.code, JSON.parse(none.stdout)]).toEqual([1, { running: false, adminPort: mesh.adminPort }]);
});

test('up --detach fails with the error of a start that fails, and leaves no process', async () => {
  await using repository = await makeRepository();
  await repository.write('bad.yaml', workloadYaml('broken', { EXIT_AT_START: '3' }));
  expect(await bookinfo(repository, [...DETACHED, '-f', 'bad.yaml'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'broken-v1 did not start: exit code 3. Its last output:\n  no database is configured\n',
  });
});

test('a second up --detach keeps the log of the first', async () => {
  await using repository = await makeRepository();
  await using first = await Mesh.up(repository);
  const adminPort = String(first.adminPort);
  const log = `.bookinfo/up-${adminPort}.log`;
  await repository.write(log, 'earlier output\n');
  const second = await bookinfo(repository, ['up', '--admin-port', adminPort, '--detach']);
  expect([second.code, second.stderr]).toEqual([1, expect.stringMatching(/^Bookinfo is already running/)]);
  expect(await readFile(path.join(repository.root, log), 'utf8')).toMatch(/^earlier output\n/);
});

test('Ctrl-C during up --detach ends the mesh that it has started', async () => {
  await using repository = await makeRepository();
  const pidFile = path.join(repository.root, 'pid');
  await repository.write('slow.yaml', workloadYaml('slow', { NEVER_READY_PID_FILE: pidFile }));
  const up = new Running(repository, [...DETACHED, '-f', 'slow.yaml']);
  const podPid = () => readFile(pidFile, 'utf8').then(Number, () => 0);
  await expect.poll(podPid, SOON).toBeGreaterThan(0);
  up.child.kill('SIGINT');
  await expect.poll(async () => isRunning(await podPid()), SOON).toBe(false);
});
