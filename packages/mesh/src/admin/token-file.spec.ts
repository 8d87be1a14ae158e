import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  mkdirSync,
  chownSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deadEndpoint } from '@bookinfo/testing';
import { AdminServer } from './admin-server.js';
import type { AdministeredMesh } from './administered-mesh.js';
import { createToken, readToken, removeToken, tokenFile, writeToken } from './token-file.js';

const PORT = 15_000;
/** The user `nobody` of Linux. */
const OTHER_UID = 65_534;
const isRoot = process.getuid?.() === 0;
if (!isRoot) process.stderr.write('skipping tests: only root can run a program as another user\n');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'token-'));
  vi.stubEnv('XDG_RUNTIME_DIR', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('only the user can open the file and its folder, and curl -H @FILE can send it', () => {
  const token = createToken();
  writeToken(PORT, token);
  const file = tokenFile(PORT);
  expect(file).toBe(path.join(folder, 'bookinfo', 'admin-15000'));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  expect(readFileSync(file, 'utf8')).toBe(`Authorization: ${token}\n`);
  expect(readToken(PORT)).toBe(token);
  removeToken(PORT);
  expect(readToken(PORT)).toBeUndefined();
});

test('two tokens differ', () => {
  expect(createToken()).not.toBe(createToken());
});

test('a file that a killed mesh left is not used: another program may have its port', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeToken(PORT, `Bearer ${pid}.x`);
  expect(readToken(PORT)).toBeUndefined();
});

test('a run-time folder that others can open is not used', () => {
  chmodSync(folder, 0o755);
  expect(tokenFile(PORT)).toBe(path.join(tmpdir(), `bookinfo-${process.getuid?.()}`, 'admin-15000'));
});

test.each([
  ['that others can open', () => mkdirSync(path.join(folder, 'bookinfo'), { mode: 0o755 })],
  ['that is a link', () => symlinkSync(mkdtempSync(path.join(folder, 'x')), path.join(folder, 'bookinfo'))],
])('a folder for tokens %s is refused', (_, create) => {
  create();
  expect(() => writeToken(PORT, createToken())).toThrow(
    `${folder}/bookinfo is not a folder of this user with mode 0700.`,
  );
  expect(readToken(PORT)).toBeUndefined();
});

test('no endpoint is left when its token cannot be written', async () => {
  mkdirSync(path.join(folder, 'bookinfo'), { mode: 0o755 });
  const { port } = await deadEndpoint('free');
  const start = () => AdminServer.start({} as AdministeredMesh, { adminPort: port });
  await expect(start()).rejects.toThrow('mode 0700');
  await expect(start()).rejects.toThrow('mode 0700');
});

/** Runs a program as another user, who has no mesh. */
async function runAsOther(program: string): Promise<string> {
  const args = ['--input-type=module', '--eval', program];
  const child = spawn(process.execPath, args, { uid: OTHER_UID, gid: OTHER_UID, cwd: '/', stdio: 'pipe' });
  return (await Promise.all([text(child.stdout), text(child.stderr)])).join('');
}

test.skipIf(!isRoot)('a folder for tokens of another user is refused', () => {
  mkdirSync(path.join(folder, 'bookinfo'), { mode: 0o700 });
  chownSync(path.join(folder, 'bookinfo'), OTHER_UID, OTHER_UID);
  expect(() => writeToken(PORT, createToken())).toThrow('is not a folder of this user');
});

test.skipIf(!isRoot)('another user of the machine cannot read the token nor use the endpoint', async () => {
  // Without its methods: a request that came through would be a 500.
  await using admin = await AdminServer.start({} as AdministeredMesh, { adminPort: 0 });
  const output = await runAsOther(`
    import { readFileSync } from 'node:fs';
    console.log(process.getuid());
    try { console.log(readFileSync(${JSON.stringify(tokenFile(admin.port))}, 'utf8')); } catch (error) { console.log(error.code); }
    const { status } = await fetch('http://127.0.0.1:${admin.port}/apply', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"sources":[]}' });
    console.log(status);
  `);
  expect(output.trim().split('\n')).toEqual([String(OTHER_UID), 'EACCES', '401']);
});
