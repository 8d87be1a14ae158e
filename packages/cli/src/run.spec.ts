import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bookinfo } from '../test/cli.js';
import { makeRepository } from '../test/repository.js';

test.each([
  [['aply'], /unknown command 'aply'\n\(Did you mean apply\?\)/],
  [['up', '--prot', '1'], /unknown option '--prot'\n\(Did you mean --port\?\)/],
  [['up', '--port', 'abc'], /--port <local\[:port\]>' argument 'abc' is invalid. A port is a whole number/],
  [['get', '--admin-port', '65536'], /--admin-port <port>' argument '65536' is invalid/],
  [['apply'], /required option '-f, --filename/],
  [['get', 'pods', 'one', 'two'], /too many arguments/],
  [['explain', 'GET'], /missing required argument 'url'/],
  [['predict', 'GET', 'http://reviews/', '-H', 'jason'], /A header is written 'name: value'/],
  [['verify'], /Name the files to verify with -f, or a cluster with --context\./],
  [['check'], /Name the files to check with -f, or a cluster with --context\./],
  [['witness'], /required option '--context/],
  ...['5', '0.05', '0%', '0.9%', '51%', '-5%', '1e1%', 'x%', ''].map(
    (detect) => [['verify', '-f', 'x', `--detect=${detect}`], /such as 5%/] as [string[], RegExp],
  ),
  ...['1', '0.5', '0', '90%', '-0.9', '0.99999', 'NaN', '0x1'].map(
    (power) => [['verify', '-f', 'x', `--power=${power}`], /such as 0\.9/] as [string[], RegExp],
  ),
  [['apply', '-f', 'nope.yaml'], /^Can't read nope\.yaml: there is no such file\.\n$/],
  [['delete', '-f', 'deploy'], /^Can't read deploy: it is a folder; name the files in it\.\n$/],
])('bookinfo %j fails with the reason', async (args, message) => {
  await using repository = await makeRepository();
  const { code, stdout, stderr } = await bookinfo(repository, args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(message);
});

test('an invalid port in the environment is an error that names it', async () => {
  await using repository = await makeRepository();
  const env = { BOOKINFO_ADMIN_PORT: 'x' };
  expect((await bookinfo(repository, ['get'], { env })).stderr).toContain(
    "'x' from env 'BOOKINFO_ADMIN_PORT' is invalid",
  );
});

test('without a mesh, commands name the one that starts it', async () => {
  await using repository = await makeRepository();
  // Nothing listens on port 1 (tcpmux).
  expect(await bookinfo(repository, ['get', '--admin-port', '1'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'No mesh answers at http://127.0.0.1:1. Start one with: ./bookinfo up\n',
  });
});

test.each([
  '',
  'up',
  'down',
  'status',
  'apply',
  'delete',
  'restart',
  'get',
  'logs',
  'check',
  'convert',
  'explain',
  'predict',
  'verify',
  'witness',
])('bookinfo %s --help shows examples', async (command) => {
  await using repository = await makeRepository();
  const { code, stdout } = await bookinfo(repository, command === '' ? ['--help'] : [command, '--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`Examples:\n  \\./bookinfo ${command}`));
});

test('a missing build is an error that names the command to build', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bookinfo-bin-'));
  await cp(new URL('../bin', import.meta.url), path.join(folder, 'bin'), { recursive: true });
  await cp(new URL('../package.json', import.meta.url), path.join(folder, 'package.json'));
  const result = await new Promise((resolve) => {
    execFile(process.execPath, [path.join(folder, 'bin/bookinfo.js')], (error, _, stderr) =>
      resolve([error?.code, stderr]),
    );
  });
  expect(result).toEqual([1, 'Bookinfo is not built yet. Build it with: npm run build\n']);
  await rm(folder, { recursive: true });
});
